import { describe, expect, test } from '@jest/globals';
import { retryDelaySeconds } from './jobs.js';
import { clipped } from './service.js';

describe('a clipped text', () => {
  test.each([null, ''])('is null for %j', (text) => expect(clipped(text)).toBeNull());

  test('is the text up to 64 KiB', () => {
    const text = 'x'.repeat(65_536);
    expect(clipped(text)).toBe(text);
  });

  test.each(['x', 'ü', '漢', '🎓', 'a🎓'])(
    'of many %s is cut between characters, says so and fits',
    (letter) => {
      const text = clipped(letter.repeat(70_000)) ?? '';
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
      expect(Buffer.byteLength(text)).toBeGreaterThan(65_500);
      expect(text).toMatch(/\n… \(clipped\)$/);
      expect(text).not.toContain('\ufffd');
    },
  );
});

test('a failed attempt is repeated after 2, 4, 8 … s, and the sixth was the last', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(retryDelaySeconds)).toEqual([2, 4, 8, 16, 32, null, null]);
});
