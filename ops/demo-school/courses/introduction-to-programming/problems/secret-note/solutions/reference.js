function move(letter, k) {
  let alphabet;
  if (letter >= 'a' && letter <= 'z') {
    alphabet = 'abcdefghijklmnopqrstuvwxyz';
  } else if (letter >= 'A' && letter <= 'Z') {
    alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  } else {
    return letter;
  }
  const place = (alphabet.indexOf(letter) + k) % 26;
  return alphabet[(place + 26) % 26];
}

const lines = require('fs').readFileSync(0, 'utf8').split('\n');
const k = Number(lines[0]);
const note = lines[1];

let result = '';
for (const character of note) {
  result += move(character, k);
}
console.log(result);
