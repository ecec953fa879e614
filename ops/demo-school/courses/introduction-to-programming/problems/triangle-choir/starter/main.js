const n = BigInt(require('fs').readFileSync(0, 'utf8').trim());

// Write your code here: find the full rows and the singers on the balcony.
