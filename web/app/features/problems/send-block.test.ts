import { expect, test } from '@jest/globals';
import { whyNotSend } from './send-block';

const fine = {
  problem: { judge: 'ready' as const, maxSourceBytes: 65536 },
  language: { name: 'Python', available: true },
  sourceCode: 'print(1)',
};

test('a program that can be sent is not held back', () => {
  expect(whyNotSend(fine)).toBeNull();
});

test('every reason has its own sentence', () => {
  const reasons = [
    whyNotSend({ ...fine, problem: { ...fine.problem, judge: 'disabled' } }),
    whyNotSend({ ...fine, language: undefined }),
    whyNotSend({ ...fine, language: { name: 'Java', available: false } }),
    whyNotSend({ ...fine, sourceCode: ' \n' }),
    whyNotSend({ ...fine, sourceCode: 'é'.repeat(32769) }),
  ];
  expect(reasons).not.toContain(null);
  expect(new Set(reasons).size).toBe(reasons.length);
  expect(reasons[4]).toContain('64 KiB');
});

test('exactly the largest size is allowed', () => {
  expect(whyNotSend({ ...fine, sourceCode: 'a'.repeat(65536) })).toBeNull();
});
