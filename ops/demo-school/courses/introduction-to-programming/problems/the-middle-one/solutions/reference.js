const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);

numbers.sort((left, right) => left - right);
console.log(numbers[1]);
