function move(letter, k) {
  // Write your code here: return the letter k places further on.
  return letter;
}

const lines = require('fs').readFileSync(0, 'utf8').split('\n');
const k = Number(lines[0]);
const note = lines[1];

let result = '';
for (const character of note) {
  result += move(character, k);
}
console.log(result);
