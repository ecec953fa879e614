const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const n = numbers[0];
const g = numbers[1];
const minutes = numbers.slice(2);

// Write your code here: find the longest streak and print its length.
