const phrase = require('fs').readFileSync(0, 'utf8').split('\n')[0];

// Write your code here: keep the letters, compare, and print the answer.
