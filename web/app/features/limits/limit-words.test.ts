import { expect, test } from '@jest/globals';
import { rateWords, whoWords, windowParts, windowSeconds } from './limit-words';

test.each([
  [{ limit: 5, windowSeconds: 60, burst: null }, '5 in 1 minute'],
  [{ limit: 3, windowSeconds: 300, burst: null }, '3 in 5 minutes'],
  [{ limit: 10, windowSeconds: 60, burst: 20 }, '10 in 1 minute, 20 at once'],
  [{ limit: 7, windowSeconds: 90, burst: null }, '7 in 90 seconds'],
  [{ limit: 9, windowSeconds: 86_400, burst: null }, '9 in 24 hours'],
])('%j is "%s", and its window is read back', (rate, words) => {
  expect(rateWords(rate)).toBe(words);
  const { number, unit } = windowParts(rate.windowSeconds);
  expect(windowSeconds(number, unit)).toBe(rate.windowSeconds);
});

test('a unit that there is not makes no window', () => {
  expect(windowSeconds(5, 'years')).toBeNaN();
});

test('who is not of this school has no name, and two of them are told apart', () => {
  expect(whoWords({ name: 'Ada', kind: 'person', identity: 'user:1' })).toBe('Ada');
  const words = ['abcdefghijk', 'zyxwvutsrqp'].map((hash) =>
    whoWords({ name: null, kind: 'offender', identity: `offender:address:${hash}` }),
  );
  expect(words).toEqual([
    'Failed sign-ins of one address or browser (abcdefgh)',
    'Failed sign-ins of one address or browser (zyxwvuts)',
  ]);
});
