const lines = require('fs').readFileSync(0, 'utf8').split('\n');

console.log('3. ' + lines[2]);
console.log('2. ' + lines[1]);
console.log('1. ' + lines[0]);
