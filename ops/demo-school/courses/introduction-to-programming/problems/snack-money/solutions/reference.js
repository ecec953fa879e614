const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const coins = numbers[0];
const price = numbers[1];

console.log(Math.floor(coins / price));
console.log(coins % price);
