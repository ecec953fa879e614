const phrase = require('fs').readFileSync(0, 'utf8').split('\n')[0];

const letters = [];
for (const character of phrase.toLowerCase()) {
  if (character >= 'a' && character <= 'z') {
    letters.push(character);
  }
}

const forwards = letters.join('');
const backwards = letters.reverse().join('');
console.log(forwards === backwards ? 'mirror' : 'no mirror');
