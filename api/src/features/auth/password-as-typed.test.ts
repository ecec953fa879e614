import { expect, test } from '@jest/globals';
import { passwordsMeant } from './password-as-typed.js';

test.each([
  ['as it is kept', 'correct horse', ['correct horse']],
  ['with accents as two characters', 'cafe\u0301 noir', ['caf\u00e9 noir', 'cafe\u0301 noir']],
  ['with white space of a copy', '\u00a0correct horse \t', ['\u00a0correct horse \t', 'correct horse']],
  ['of white space only', '   ', ['   ']],
])('a password %s', (_what, typed, meant) => {
  expect(passwordsMeant(typed)).toEqual(meant);
});
