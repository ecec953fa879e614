import { describe, expect, test } from '@jest/globals';
import { decodeList } from './decode-list.server';

const text = 'E-Mail;Name\r\nzoe@example.org;Zoë Núñez–Müller\r\n';
const latin = (value: string): Uint8Array => Buffer.from(value.replaceAll('–', '\u0096'), 'latin1');
const wide = (value: string, bigEndian = false): Uint8Array => {
  const bytes = Buffer.from(value, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

describe('the file of a spreadsheet keeps every name right', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as “Unicode text”', wide(`\ufeff${text}`)],
    ['UTF-16 the other way round', wide(`\ufeff${text}`, true)],
    ['UTF-16 without a mark', wide(text)],
    ['UTF-16 the other way round without a mark', wide(text, true)],
  ])('saved as %s', (_what, bytes) => {
    expect(decodeList(new Uint8Array(bytes))).toEqual({ text, guessed: false });
  });

  test('saved as windows-1252, and says that it was a guess', () => {
    expect(decodeList(latin(text))).toEqual({ text, guessed: true });
  });
});

describe('what cannot be read is marked in its own row', () => {
  test('a damaged row among good ones', () => {
    const bytes = Buffer.concat([
      Buffer.from('a@x.example;Zoë\n'),
      latin('b@x.example;Müller\n'),
      Buffer.from('c@x.example;Bo\n'),
    ]);
    expect(decodeList(bytes).text.split('\n')).toEqual([
      'a@x.example;Zoë',
      'b@x.example;M\ufffdller',
      'c@x.example;Bo',
      '',
    ]);
  });

  test('letters of an encoding that is not windows-1252', () => {
    // “Łukasz” of Central Europe (0xA3) and “Müller” of MS-DOS (0x81).
    const bytes = Buffer.concat([
      latin('a@x.example;\u00a3ukasz\n'),
      latin('b@x.example;M\u0081ller\n'),
      latin('c@x.example;Zoé\n'),
    ]);
    expect(decodeList(bytes).text.split('\n')).toEqual([
      'a@x.example;\ufffdukasz',
      'b@x.example;M\ufffdller',
      'c@x.example;Zoé',
      '',
    ]);
  });
});
