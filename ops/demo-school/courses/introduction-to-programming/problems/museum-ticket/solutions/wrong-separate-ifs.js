const words = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/);
const age = Number(words[0]);
const day = words[1];

let price = 5;
if (age < 6) {
  price = 0;
}
if (age < 18) {
  price = 4;
}
if (age < 65) {
  price = 9;
}

if (day === 'Sunday' && price > 0) {
  price = price - 2;
}
console.log(price);
