const n = Number(require('fs').readFileSync(0, 'utf8'));

let low = 0;
let high = 2000000000;
while (low < high) {
  const middle = Math.floor((low + high + 1) / 2);
  if ((middle * (middle + 1)) / 2 <= n) {
    low = middle;
  } else {
    high = middle - 1;
  }
}
console.log(low + ' ' + (n - (low * (low + 1)) / 2));
