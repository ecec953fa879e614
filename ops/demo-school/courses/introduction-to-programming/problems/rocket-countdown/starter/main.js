const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const start = numbers[0];
const step = numbers[1];

// Write your code here: count down, then print the last line.
