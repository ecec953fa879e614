import { describe, expect, test } from '@jest/globals';
import { cleanText, countOddCharacters, findOddCharacters } from './code-editor-characters';

describe('what is invisible or looks like something else', () => {
  test.each([
    ['a zero-width space', 'pri\u200bnt(1)', 'print(1)', '1 zero-width space'],
    ['a byte order mark', '\ufeffprint(1)', 'print(1)', '1 zero-width space'],
    ['no-break spaces', 'if x:\n\u00a0\u00a0y', 'if x:\n  y', '2 no-break spaces'],
    ['an ideographic space', 'a\u3000= 1', 'a = 1', '1 wide space'],
    ['curly quotes', 'print(“a”, ‘b’)', 'print("a", \'b\')', '4 curly quotes'],
    ['a minus that is none', 'a – b − c', 'a - b - c', '2 long dashes'],
    [
      'marks that turn the direction of reading',
      'x = 1\u202e\u2066 # }\u2069',
      'x = 1 # }',
      '3 text direction marks',
    ],
    ['a Greek question mark', 'int x = 1\u037e', 'int x = 1;', '1 Greek question mark'],
    ['full-width characters', 'print（1）', 'print(1)', '2 full-width characters'],
    ['a Cyrillic letter in a Latin word', 'рrint(1)', 'print(1)', '1 look-alike letter'],
    ['a line separator', 'a\u2028b', 'a\nb', '1 line separator'],
  ])('%s', (_what, text, cleaned, words) => {
    expect(cleanText(text)).toBe(cleaned);
    expect(countOddCharacters(findOddCharacters(text))).toBe(words);
    expect(findOddCharacters(cleaned)).toEqual([]);
  });

  test('is told with its place', () => {
    expect(findOddCharacters('ab\u00a0c')).toMatchObject([{ from: 2, to: 3, invisible: true }]);
  });
});

test.each([
  ['plain code', 'for i in range(3):\n\tprint("a-b", \'c\')'],
  ['letters with accents', 'größe = "naïve café"'],
  ['whole words of another alphabet', '# Привет, мир\n# Γειά σου'],
  ['an emoji that is joined', 'print("👩‍💻 👨🏽‍🚀")'],
  ['a script that is written with joiners', '# می‌خواهم'],
])('%s is left alone', (_what, text) => {
  expect(findOddCharacters(text)).toEqual([]);
  expect(cleanText(text)).toBe(text);
});
