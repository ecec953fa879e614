const phrase = require('fs').readFileSync(0, 'utf8').split('\n')[0];

const letters = [];
for (const sign of phrase.toLowerCase()) {
  if (sign >= 'a' && sign <= 'z') {
    letters.push(sign);
  }
}

const forwards = letters.join('');
const backwards = letters.reverse().join('');
console.log(forwards === backwards ? 'mirror' : 'no mirror');
