import { describe, expect, test } from '@jest/globals';
import { verdict } from '@coding-platform/api/schema/submissions';
import { formatMemory, formatTime, toLimits, verdictSentence, type CaseStatus } from './verdict-sentence';

const limits = { timeLimitMs: 2000, memoryLimitKb: 131072 };

test('every verdict has its own sentence', () => {
  const statuses: CaseStatus[] = [...verdict.options, 'finished'];
  const sentences = new Set(statuses.map((status) => verdictSentence(status, limits)));
  expect(sentences.size).toBe(statuses.length);
});

describe('limits', () => {
  test('are named in seconds and megabytes', () => {
    expect(verdictSentence('time_limit', limits)).toContain('after 2 s');
    expect(verdictSentence('memory_limit', limits)).toContain('128 MB');
  });

  test('are left out where they are not known', () => {
    expect(verdictSentence('time_limit', null)).toContain('when its time was over');
    expect(verdictSentence('memory_limit', null)).not.toContain('MB');
  });
});

test('times and memory are short', () => {
  expect([formatTime(12), formatTime(1500), formatTime(2000), formatTime(null)]).toEqual([
    '12 ms',
    '1.5 s',
    '2 s',
    '–',
  ]);
  expect([formatMemory(812), formatMemory(3500), formatMemory(131072)]).toEqual([
    '812 KB',
    '3.4 MB',
    '128 MB',
  ]);
});

describe('the time limit', () => {
  const applied = toLimits({ timeMs: 3000, wallMs: 9000, memoryKb: 1024 }, limits);

  test('that applied is the one that is told, not that of the problem', () => {
    expect(verdictSentence('time_limit', applied, 3010)).toContain('after 3 s of computing time');
    expect(toLimits(undefined, limits)).toBe(limits);
  });

  test('by the clock is told of a program that waited', () => {
    const sentence = verdictSentence('time_limit', applied, 40);
    expect(sentence).toContain('after 9 s by the clock, of which it computed for 40 ms');
    expect(sentence).not.toContain('loop');
  });
});
