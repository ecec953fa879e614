const lines = require('fs').readFileSync(0, 'utf8').split('\n');
const name = lines[0];
const club = lines[1];

console.log('Hello, ' + name + '!');
console.log('Welcome to the ' + club + ' club.');
