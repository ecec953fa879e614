let number = Number(require('fs').readFileSync(0, 'utf8'));

// Write your code here: let the number bounce, then print the steps and the height.
