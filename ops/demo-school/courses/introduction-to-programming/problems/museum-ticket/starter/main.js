const words = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/);
const age = Number(words[0]);
const day = words[1];

// Write your code here: work out the price and print it.
