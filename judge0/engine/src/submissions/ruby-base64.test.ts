import { expect, test } from '@jest/globals';
import { decodeRubyBase64, encodeRubyBase64 } from './ruby-base64.js';

test('a short text ends in a newline, as Ruby writes it', () => {
  expect(encodeRubyBase64(Buffer.from('1\n'))).toBe('MQo=\n');
});

test('a line holds 60 characters', () => {
  const lines = encodeRubyBase64(Buffer.alloc(100, 'x')).split('\n');
  expect(lines.map((line) => line.length)).toEqual([60, 60, 16, 0]);
});

test('nothing stays nothing', () => {
  expect(encodeRubyBase64(Buffer.alloc(0))).toBe('');
});

test('decoding skips what is no base64', () => {
  expect(decodeRubyBase64('cHJp\nbnQo MSk=').toString()).toBe('print(1)');
  expect(decodeRubyBase64('@@@@')).toHaveLength(0);
});

test('any bytes survive the way there and back', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_unused, index) => index));
  expect(decodeRubyBase64(encodeRubyBase64(bytes))).toEqual(bytes);
});
