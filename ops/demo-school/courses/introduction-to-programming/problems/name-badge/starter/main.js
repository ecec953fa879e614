const lines = require('fs').readFileSync(0, 'utf8').split('\n');
const name = lines[0];
const club = lines[1];

// Write your code here: print the two lines of the badge.
