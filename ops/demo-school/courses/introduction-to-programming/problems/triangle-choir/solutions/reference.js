const n = BigInt(require('fs').readFileSync(0, 'utf8').trim());

const singersIn = (rows) => (rows * (rows + 1n)) / 2n;

let low = 0n;
let high = 2000000000n;
while (low < high) {
  const middle = (low + high + 1n) / 2n;
  if (singersIn(middle) <= n) {
    low = middle;
  } else {
    high = middle - 1n;
  }
}
console.log(low + ' ' + (n - singersIn(low)));
