const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const start = numbers[0];
const step = numbers[1];

for (let number = start; number >= 0; number -= step) {
  console.log(number);
}
console.log('Lift-off!');
