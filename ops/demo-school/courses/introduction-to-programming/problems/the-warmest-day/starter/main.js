const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const n = numbers[0];
const temperatures = numbers.slice(1);

// Write your code here: find the highest temperature and its first day.
