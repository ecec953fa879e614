const lines = require('fs').readFileSync(0, 'utf8').split('\n');
const first = lines[0];
const second = lines[1];
const third = lines[2];

// Write your code here: print the three songs in the opposite order.
