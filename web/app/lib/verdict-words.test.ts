import { expect, test } from '@jest/globals';
import { submissionOutcome, submissionStatus, testStatus } from '@coding-platform/api/schema/submissions';
import { outcomeLabel, submissionWords, verdictWords } from './verdict-words';

test('everything that can be said of a test has words of its own', () => {
  expect(Object.keys(verdictWords).sort()).toEqual([...testStatus.options].sort());
  const labels = testStatus.options.map((one) => verdictWords[one].label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels).toEqual([
    'Accepted',
    'Wrong answer',
    'Time limit exceeded',
    'Memory limit exceeded',
    'Output limit exceeded',
    'Runtime error',
    'Compile error',
    'Not run',
  ]);
});

test('a submission without a verdict says where it is', () => {
  expect(submissionStatus.options.map((status) => submissionWords(status, null).label)).toEqual([
    'In the queue',
    'Being judged',
    'Judge failed',
    'Judge failed',
    'Stopped',
  ]);
});

test('every outcome is chosen by the label that its badge has', () => {
  const labels = submissionOutcome.options.map(outcomeLabel);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels).toEqual(
    expect.arrayContaining(['Accepted', 'In the queue', 'Being judged', 'Judge failed', 'Stopped']),
  );
});

test('our failure is never put on the learner', () => {
  const words = submissionWords('judge_failed', null);
  expect(words.tone).toBe('neutral');
  expect(words.meaning).toContain('not your code');
});
