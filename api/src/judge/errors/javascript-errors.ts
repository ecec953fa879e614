import type { KnownError } from './explanation.js';

/** Messages of Node.js from 12 on. */
export const javascriptErrors: readonly KnownError[] = [
  {
    name: 'unknown name',
    pattern: /^ReferenceError: (\S+) is not defined/m,
    text: 'JavaScript does not know the name “$1” here.',
    look: 'Is it spelled the same everywhere, also in capital letters? Is it declared with let or const? There is no browser here: prompt, alert and document do not exist.',
  },
  {
    name: 'used before its declaration',
    pattern: /^ReferenceError: Cannot access '(.+?)' before initialization/m,
    text: '“$1” is used before the line that declares it.',
    look: 'Move the declaration up, or is there a second variable of that name in this block?',
  },
  {
    name: 'property of nothing',
    pattern:
      /^TypeError: Cannot (?:read|set) propert(?:y|ies) (?:'(.+?)' )?of (undefined|null)(?: \((?:reading|setting) '(.+?)'\))?/m,
    text: 'The value before “.$1$3” is $2, that is nothing.',
    look: 'Print it in the line before. An index may be past the end of the array, or a function lacks its return.',
  },
  {
    name: 'call of no function',
    pattern: /^TypeError: (.+?) is not a function/m,
    text: '“$1” is called, but it is no function.',
    look: 'Is the name spelled right? Is the value of the type that you expect?',
  },
  {
    name: 'loop over something without parts',
    pattern: /^TypeError: (.+?) is not iterable/m,
    text: '“$1” has no parts to loop over or to spread.',
    look: 'Only arrays, texts, maps and sets do; for an object use Object.keys(…).',
  },
  {
    name: 'new value for a constant',
    pattern: /^TypeError: Assignment to constant variable/m,
    text: 'A const never gets another value.',
    look: 'Declare it with let.',
  },
  {
    name: 'BigInt and number',
    pattern: /^TypeError: Cannot mix BigInt and other types/m,
    text: 'A BigInt and a plain number cannot be used in one calculation.',
    look: 'Convert one of them with BigInt(…) or Number(…).',
  },
  {
    name: 'any other wrong type',
    pattern: /^TypeError: (.+)/m,
    text: 'A value is not of the type that is needed here.',
    look: 'Print the values of the marked line before it.',
  },
  {
    name: 'recursion without end',
    pattern: /^RangeError: Maximum call stack size exceeded/m,
    text: 'A function calls itself again and again.',
    look: 'Is there a case in which it returns without calling itself, and is it reached?',
  },
  {
    name: 'impossible length',
    pattern: /^RangeError: Invalid (?:array|string|typed array) length/m,
    text: 'An array or a text would be too long, or its length is negative or not whole.',
    look: 'Print the number that is used as its length.',
  },
  {
    name: 'value out of range',
    pattern: /^RangeError: (.+)/m,
    text: 'A number is outside of what is allowed here.',
    look: 'Print the numbers of the marked line before it.',
  },
  {
    name: 'broken JSON',
    pattern: /^SyntaxError: .*(?:JSON|Unexpected token .* in JSON)/m,
    text: 'The text that JSON.parse reads is not JSON.',
    look: 'Print the text before: is it empty, or are its quotes missing?',
  },
  {
    name: 'end of the program too early',
    pattern: /^SyntaxError: Unexpected end of input/m,
    text: 'The program ends although a bracket is still open.',
    look: 'Count { and }, ( and ): each one needs its partner.',
  },
  {
    name: 'bracket of a call not closed',
    pattern: /^SyntaxError: missing \) after argument list/m,
    text: 'The bracket of a call is not closed.',
    look: 'A “)”, a comma or a quote is missing in the marked line.',
  },
  {
    name: 'text without end',
    pattern: /^SyntaxError: (?:Invalid or unexpected token|Unterminated (?:string|template).*)/m,
    text: 'A text does not end, or there is a character that JavaScript does not take.',
    look: 'Close the text with the same kind of quote. Curly quotes from a document do not count.',
  },
  {
    name: 'declared twice',
    pattern: /^SyntaxError: Identifier '(.+?)' has already been declared/m,
    text: '“$1” is declared twice.',
    look: 'Leave let or const away the second time, or take another name.',
  },
  {
    name: 'constant without value',
    pattern: /^SyntaxError: Missing initializer in (\w+) declaration/m,
    text: 'A const needs its value at once.',
    look: 'Give it one, or declare it with let.',
  },
  {
    name: 'statement at a wrong place',
    pattern: /^SyntaxError: Illegal (return|break|continue) statement/m,
    text: '“$1” stands where it means nothing.',
    look: 'return belongs into a function, break and continue into a loop: count the brackets before it.',
  },
  {
    name: 'await outside of async',
    pattern: /^SyntaxError: await is only valid/m,
    text: 'await works only in a function that is marked async.',
    look: 'Put the code into an async function and call that.',
  },
  {
    name: 'import in a script',
    pattern: /^SyntaxError: Cannot use import statement outside a module/m,
    text: 'import does not work in this program.',
    look: 'Write const fs = require("fs") instead.',
  },
  {
    name: 'assignment to no name',
    pattern: /^SyntaxError: Invalid left-hand side in (?:assignment|expression)/m,
    text: 'Left of “=” stands something that cannot take a value.',
    look: 'To compare, write ===.',
  },
  {
    name: 'unexpected word',
    pattern:
      /^SyntaxError: Unexpected (?:identifier|strict mode reserved word|number|string|template string)/m,
    text: 'A word, number or text stands where it does not fit.',
    look: 'An operator, a comma or a bracket is missing before it.',
  },
  {
    name: 'unexpected sign',
    pattern: /^SyntaxError: Unexpected token (.+)/m,
    text: 'The sign $1 stands where it does not fit.',
    look: 'Look before it: a bracket, a comma or a value is missing, or there is one too many.',
  },
  {
    name: 'any other syntax',
    pattern: /^SyntaxError: (.+)/m,
    text: 'JavaScript cannot read the program at the marked place.',
    look: 'Look at the line and at the end of the line above.',
  },
  {
    name: 'missing module',
    pattern: /^Error: Cannot find module '(.+?)'/m,
    text: 'There is no module “$1” here.',
    look: 'Is it spelled right? Only what Node.js itself brings can be loaded.',
  },
];
