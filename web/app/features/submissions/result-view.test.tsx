/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, describe, expect, test } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { verdict, type Verdict } from '@coding-platform/api/schema/submissions';
import { ResultView } from './result-view';
import { judgedSubmission, testResult } from './submission-fixture';

afterEach(cleanup);

const limits = { timeLimitMs: 2000, memoryLimitKb: 131072 };
const show = (over: Parameters<typeof judgedSubmission>[0]) =>
  render(<ResultView detail={judgedSubmission(over)} limits={limits} next={<a href="/next">Next</a>} />)
    .container;

const failedWith = (status: Verdict) =>
  show({
    verdict: status,
    score: 5,
    testsPassed: 1,
    results: [
      testResult({ index: 0 }),
      testResult({
        index: 1,
        status,
        input: '1 2',
        expected: '3\n',
        stdout: '4\n',
        stderr: 'Traceback: line 1',
      }),
    ],
  });

describe('each verdict', () => {
  const sentences: Record<Verdict, RegExp> = {
    accepted: /2 of 2 tests passed, 10 of 10 points/,
    wrong_answer: /The output is not the expected one/,
    time_limit: /still running after 2 s/,
    memory_limit: /more than 128 MB of memory/,
    output_limit: /printed far too much/,
    runtime_error: /stopped with an error/,
    compile_error: /keeps it from being compiled or read/,
  };

  test.each(verdict.options.filter((name) => name !== 'accepted' && name !== 'compile_error'))(
    '%s: the first failed test is open and says what happened',
    (status) => {
      const container = failedWith(status);
      expect(container.textContent).toMatch(sentences[status]);
      expect(container.textContent).toContain('1 of 2 tests passed, 5 of 10 points');
      const open = container.querySelectorAll('details[open]');
      expect(open).toHaveLength(1);
      expect(open[0]?.querySelector('summary')?.textContent).toContain('Test 2');
    },
  );

  test('accepted: everything is folded away, and the way on is there', () => {
    const container = show({});
    expect(container.textContent).toMatch(sentences.accepted);
    expect(container.querySelectorAll('details[open]')).toHaveLength(0);
    expect(container.textContent).toContain('2 tests passed');
    expect(screen.getByRole('link', { name: 'Next' })).toBeTruthy();
  });

  test('compile error: the compiler’s words and no tests', () => {
    const container = show({
      verdict: 'compile_error',
      testsPassed: 0,
      score: 0,
      compileOutput: 'main.c:1: error: expected ;',
      results: [],
    });
    expect(container.textContent).toMatch(sentences.compile_error);
    expect(container.textContent).toContain('main.c:1: error');
    expect(container.querySelector('details')).toBeNull();
  });

  test('judge_failed: not the learner’s code, and trying again is free', () => {
    const container = show({ status: 'judge_failed', verdict: null, results: [] });
    expect(container.textContent).toContain('Our judge failed. This was not your code.');
    expect(container.textContent).toContain('free');
  });
});

describe('a failed test', () => {
  test('of a sample shows input, the difference, and the error output', () => {
    const container = failedWith('wrong_answer');
    expect(screen.getByText('Input')).toBeTruthy();
    expect(container.querySelector('.diff-view')).not.toBeNull();
    expect(container.textContent).toContain('Traceback: line 1');
  });

  test('that is hidden shows nothing of itself but the author’s hint', () => {
    const container = show({
      verdict: 'wrong_answer',
      results: [testResult({ sample: false, status: 'wrong_answer', hint: 'Think of zero.' })],
    });
    expect(container.textContent).toContain('hidden test');
    expect(container.textContent).toContain('Think of zero.');
    expect(container.querySelector('pre, .diff-view')).toBeNull();
  });

  test('that is hidden and has no hint says what to try', () => {
    const container = show({
      verdict: 'time_limit',
      results: [testResult({ sample: false, status: 'time_limit' })],
    });
    expect(container.textContent).toContain('still running after 2 s');
    expect(container.textContent).toContain('Try inputs of your own');
  });

  test('only the first of several is open', () => {
    const container = show({
      verdict: 'wrong_answer',
      results: [1, 2, 3].map((index) => testResult({ index, status: 'wrong_answer', sample: false })),
    });
    expect(container.querySelectorAll('details[open]')).toHaveLength(1);
  });
});

test('without the problem no limit is named', () => {
  const detail = judgedSubmission({
    verdict: 'time_limit',
    results: [testResult({ status: 'time_limit', expected: '1', stdout: '' })],
  });
  const { container } = render(<ResultView detail={detail} limits={null} />);
  expect(container.textContent).toContain('when its time was over');
});

test('help stands above what the runtime said, and the limits are those that applied', () => {
  const help = {
    explanation: 'The program divides by zero.',
    places: [{ line: 3, column: 7, message: 'ZeroDivisionError' }],
  };
  const container = show({
    verdict: 'runtime_error',
    results: [testResult({ status: 'runtime_error', expected: '1', stderr: 'Traceback', help })],
  });
  expect(container.textContent).toMatch(/Line 3, column 7.*divides by zero.*Traceback/);
  cleanup();
  const late = show({
    verdict: 'time_limit',
    limits: { timeMs: 3000, wallMs: 9000, memoryKb: 1024 },
    results: [testResult({ status: 'time_limit', timeMs: 3001, expected: '1', stdout: 'start' })],
  });
  expect(late.textContent).toContain('after 3 s of computing time');
  expect(late.textContent).toContain('start');
});
