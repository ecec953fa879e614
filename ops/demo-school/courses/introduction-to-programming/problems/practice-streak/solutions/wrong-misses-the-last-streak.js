const numbers = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/).map(Number);
const g = numbers[1];
const minutes = numbers.slice(2);

let longest = 0;
let streak = 0;
for (const today of minutes) {
  if (today >= g) {
    streak += 1;
  } else {
    longest = Math.max(longest, streak);
    streak = 0;
  }
}
console.log(longest);
