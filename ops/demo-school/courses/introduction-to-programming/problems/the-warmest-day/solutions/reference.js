const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const temperatures = numbers.slice(1);

const highest = Math.max(...temperatures);
const day = temperatures.indexOf(highest) + 1;
console.log(highest + ' ' + day);
