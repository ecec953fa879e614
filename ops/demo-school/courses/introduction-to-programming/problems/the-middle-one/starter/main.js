const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const a = numbers[0];
const b = numbers[1];
const c = numbers[2];

// Write your code here: find the middle one and print it.
