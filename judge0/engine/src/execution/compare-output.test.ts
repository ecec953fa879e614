import { describe, expect, test } from '@jest/globals';
import { outputMatches } from './compare-output.js';

const matches = (expected: string | null, actual: string | null) =>
  outputMatches(
    expected === null ? null : Buffer.from(expected, 'latin1'),
    actual === null ? null : Buffer.from(actual, 'latin1'),
  );

describe('outputs are equal', () => {
  test.each([
    ['trailing blanks of a line', 'a\nb', 'a  \nb\t\n'],
    ['trailing newlines', 'a', 'a\n\n\n'],
    ['carriage returns', 'a\nb\n', 'a\r\nb\r\n'],
    ['trailing NUL', 'a', 'a\0\n\0'],
    ['a newline and no text at all', '', '\n'],
    ['bytes that are not UTF-8', '\xff\xfe', '\xff\xfe\n'],
    ['no expectation', null, 'anything'],
    ['no expectation and no output', null, null],
  ])('%s', (_name, expected, actual) => expect(matches(expected, actual)).toBe(true));
});

describe('outputs differ', () => {
  test.each([
    ['leading blanks', 'a', ' a'],
    ['inner blanks', 'a b', 'a  b'],
    ['a blank line inside', 'a\nb', 'a\n\nb'],
    ['case', 'Yes', 'YES'],
    ['a missing line', 'a\nb', 'a'],
    ['a line too many', 'a', 'a\nb'],
    ['no output where the empty text is expected', '', null],
    ['no output where a newline is expected', '\n', null],
    ['a non-breaking space at the end', 'a', 'a\xc2\xa0'],
    ['numbers written differently', '1.0', '1.00'],
  ])('%s', (_name, expected, actual) => expect(matches(expected, actual)).toBe(false));
});
