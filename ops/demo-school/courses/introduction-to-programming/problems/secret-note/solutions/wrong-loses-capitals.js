function move(letter, k) {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz';
  const place = alphabet.indexOf(letter.toLowerCase());
  if (place < 0) {
    return letter;
  }
  return alphabet[(((place + k) % 26) + 26) % 26];
}

const lines = require('fs').readFileSync(0, 'utf8').split('\n');
const k = Number(lines[0]);
const note = lines[1];

let result = '';
for (const character of note) {
  result += move(character, k);
}
console.log(result);
