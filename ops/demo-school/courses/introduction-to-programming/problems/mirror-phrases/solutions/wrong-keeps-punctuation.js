const phrase = require('fs').readFileSync(0, 'utf8').split('\n')[0];

const letters = phrase.toLowerCase().split(' ').join('').split('');
const forwards = letters.join('');
const backwards = letters.reverse().join('');
console.log(forwards === backwards ? 'mirror' : 'no mirror');
