import { describe, expect, test } from '@jest/globals';
import type { JudgeResult } from './wire-format.js';
import { outcomeOf, scoreOf, verdictOf } from './verdict.js';

const limits = { cpuMs: 1000, wallMs: 5000, memoryKb: 64_000 };
const result = (change: Partial<JudgeResult>): JudgeResult => ({
  statusId: 11,
  timeMs: 10,
  memoryKb: 3500,
  exitCode: 0,
  stdout: '',
  stderr: '',
  compileOutput: null,
  message: null,
  memoryLimitExceeded: false,
  outputLimitExceeded: false,
  ...change,
});

// Seen on a real Judge0 v1.13.1, with 64 MB of memory.
describe('what Judge0 says', () => {
  test.each([
    ['a right program', { statusId: 3 }, 'accepted'],
    ['a wrong one', { statusId: 4 }, 'wrong_answer'],
    ['an endless loop', { statusId: 5, message: 'Time limit exceeded' }, 'time_limit'],
    ['one that sleeps', { statusId: 5, message: 'Time limit exceeded (wall clock)' }, 'time_limit'],
    [
      'one that does not compile',
      { statusId: 6, exitCode: null, memoryKb: null, timeMs: null },
      'compile_error',
    ],
    ['an exception in Python', { exitCode: 1, message: 'Exited with error status 1' }, 'runtime_error'],
    ['an exit with 3', { exitCode: 3 }, 'runtime_error'],
    ['an exit with 255', { exitCode: 255 }, 'runtime_error'],
    ['a segmentation fault', { exitCode: 139 }, 'runtime_error'],
    ['a stack that ran over, just past the limit', { exitCode: 139, memoryKb: 63_999 }, 'runtime_error'],
    ['an exception in C++', { exitCode: 134 }, 'runtime_error'],
    ['a division by zero in C', { exitCode: 136 }, 'runtime_error'],
    ['one that killed itself', { exitCode: 137, memoryKb: 904 }, 'runtime_error'],
    ['one that took all memory', { exitCode: 137, memoryKb: 64_000 }, 'memory_limit'],
    ['one that printed without end', { exitCode: 153, memoryKb: 2112 }, 'output_limit'],
    ['a fault of Judge0 itself', { statusId: 13 }, 'judge_failed'],
    ['a program that cannot be started', { statusId: 14 }, 'judge_failed'],
  ] as const)('of %s', (_what, change, outcome) => {
    expect(outcomeOf(result(change), limits)).toBe(outcome);
  });

  test.each([
    [7, 'runtime_error'],
    [8, 'output_limit'],
    [9, 'runtime_error'],
    [10, 'runtime_error'],
    [12, 'runtime_error'],
  ])('with a status of its signals, %i', (statusId, outcome) => {
    expect(outcomeOf(result({ statusId, exitCode: null }), limits)).toBe(outcome);
  });
});

describe('what our engine says besides', () => {
  test('of memory and output is taken as it is', () => {
    expect(outcomeOf(result({ exitCode: 1, memoryLimitExceeded: true }), limits)).toBe('memory_limit');
    expect(outcomeOf(result({ exitCode: 1, outputLimitExceeded: true }), limits)).toBe('output_limit');
  });

  test('does not undo a verdict that Judge0 has', () => {
    expect(outcomeOf(result({ statusId: 3, memoryLimitExceeded: true }), limits)).toBe('accepted');
    expect(outcomeOf(result({ statusId: 5, outputLimitExceeded: true }), limits)).toBe('time_limit');
  });
});

describe('the verdict of a submission', () => {
  test('is that of its first test that was not accepted, in whatever order they landed', () => {
    expect(
      verdictOf([
        { position: 2, status: 'time_limit' },
        { position: 0, status: 'accepted' },
        { position: 1, status: 'wrong_answer' },
      ]),
    ).toBe('wrong_answer');
  });

  test('is accepted when all are', () => {
    expect(verdictOf([{ position: 0, status: 'accepted' }])).toBe('accepted');
  });
});

describe('the score', () => {
  test.each([
    [
      'all passed',
      [
        [1, true],
        [3, true],
      ],
      10,
      10,
    ],
    [
      'all passed, with no weights',
      [
        [0, true],
        [0, true],
      ],
      10,
      10,
    ],
    [
      'a part by weight',
      [
        [1, true],
        [3, false],
      ],
      10,
      2,
    ],
    [
      'a part, rounded down',
      [
        [1, true],
        [1, true],
        [1, false],
      ],
      10,
      6,
    ],
    [
      'samples without points',
      [
        [0, true],
        [1, false],
      ],
      10,
      0,
    ],
    [
      'nothing with points to earn',
      [
        [0, true],
        [0, false],
      ],
      10,
      0,
    ],
    ['none passed', [[1, false]], 10, 0],
    ['no tests', [], 10, 0],
  ] as [string, [number, boolean][], number, number][])('of %s', (_what, tests, maxScore, score) => {
    expect(
      scoreOf(
        tests.map(([points, passed]) => ({ points, passed })),
        maxScore,
      ),
    ).toBe(score);
  });

  test('is never full while a test fails, however large the numbers', () => {
    const tests = [
      ...Array.from({ length: 99 }, () => ({ points: 1000, passed: true })),
      { points: 1, passed: false },
    ];
    expect(scoreOf(tests, 1000)).toBeLessThan(1000);
  });
});
