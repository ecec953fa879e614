const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/);

numbers.sort();
console.log(numbers[1]);
