const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const coins = numbers[0];
const price = numbers[1];

// Write your code here: print the number of rolls, then the coins that are left.
