let number = Number(require('fs').readFileSync(0, 'utf8'));

let steps = 0;
let highest = number;
while (number !== 1) {
  if (number % 2 === 0) {
    number = number / 2;
  } else {
    number = 3 * number + 1;
  }
  steps += 1;
  highest = Math.max(highest, number);
}
console.log(steps);
console.log(highest);
