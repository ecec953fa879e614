import { expect, test } from '@jest/globals';
import { submissionStatus, verdict } from '@coding-platform/api/schema/submissions';
import { submissionWords, verdictWords } from './verdict-words';

test('every verdict has words of its own', () => {
  expect(Object.keys(verdictWords).sort()).toEqual([...verdict.options].sort());
  const labels = verdict.options.map((one) => verdictWords[one].label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels).toEqual([
    'Accepted',
    'Wrong answer',
    'Time limit exceeded',
    'Memory limit exceeded',
    'Output limit exceeded',
    'Runtime error',
    'Compile error',
  ]);
});

test('a submission without a verdict says where it is', () => {
  expect(submissionStatus.options.map((status) => submissionWords(status, null).label)).toEqual([
    'In the queue',
    'Being judged',
    'Judge failed',
    'Judge failed',
  ]);
});

test('our failure is never put on the learner', () => {
  const words = submissionWords('judge_failed', null);
  expect(words.tone).toBe('neutral');
  expect(words.meaning).toContain('not your code');
});
