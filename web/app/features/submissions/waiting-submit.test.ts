import { describe, expect, test } from '@jest/globals';
import { createWaitingSubmits, parseDueAt } from './waiting-submit';

const memory = (): Storage => {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  } as Storage;
};
const key = { userKey: 'u1', problemSlug: 'sum', languageId: 71 };
const now = 1_000_000;

describe('a submission that waits', () => {
  test('is remembered for its learner, problem and language only', () => {
    const storage = memory();
    const waiting = createWaitingSubmits(() => storage);
    waiting.write(key, now + 5000);
    expect(waiting.read(key, now)).toBe(now + 5000);
    for (const other of [{ userKey: 'u2' }, { problemSlug: 'product' }, { languageId: 54 }])
      expect(waiting.read({ ...key, ...other }, now)).toBeNull();
    waiting.clear(key);
    expect(waiting.read(key, now)).toBeNull();
  });

  test('is forgotten when its time is long over', () => {
    expect(parseDueAt(String(now - 59_000), now)).toBe(now - 59_000);
    expect(parseDueAt(String(now - 61_000), now)).toBeNull();
  });

  test.each([null, '', 'soon', '-1', 'Infinity'])('is none when %p is stored', (text) => {
    expect(parseDueAt(text, 0)).toBeNull();
  });

  test('does without storage', () => {
    const waiting = createWaitingSubmits(() => {
      throw new Error('forbidden');
    });
    waiting.write(key, now);
    waiting.clear(key);
    expect(waiting.read(key, now)).toBeNull();
  });
});
