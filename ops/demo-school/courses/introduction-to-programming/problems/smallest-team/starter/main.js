const n = Number(require('fs').readFileSync(0, 'utf8'));

// Write your code here: find the smallest team size and print it.
