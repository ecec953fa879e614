const celsius = Number(require('fs').readFileSync(0, 'utf8'));

// Write your code here: print the temperature in Fahrenheit with one decimal.
