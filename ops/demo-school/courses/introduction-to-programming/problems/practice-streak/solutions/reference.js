const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const g = numbers[1];
const minutes = numbers.slice(2);

let longest = 0;
let streak = 0;
for (const today of minutes) {
  streak = today >= g ? streak + 1 : 0;
  longest = Math.max(longest, streak);
}
console.log(longest);
