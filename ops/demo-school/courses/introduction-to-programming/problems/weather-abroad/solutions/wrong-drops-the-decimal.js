const celsius = Number(require('fs').readFileSync(0, 'utf8'));

console.log((celsius * 9) / 5 + 32);
