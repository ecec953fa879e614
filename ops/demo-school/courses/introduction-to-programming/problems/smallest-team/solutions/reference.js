function smallestTeam(n) {
  for (let size = 2; size * size <= n; size++) {
    if (n % size === 0) {
      return size;
    }
  }
  return n;
}

const n = Number(require('fs').readFileSync(0, 'utf8'));
console.log(smallestTeam(n));
