/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, expect, test } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { justQueued, type JudgingState } from './judging-state';
import { JudgingView } from './judging-view';
import { spokenState } from './judging-words';
import { judgedSubmission, testResult } from './submission-fixture';

afterEach(cleanup);

const show = (over: Partial<JudgingState>) =>
  render(<JudgingView state={{ ...justQueued, ...over }} />).container;

test('in the queue: the place and the time it will take', () => {
  expect(show({ position: 3, expectedSeconds: 8 }).textContent).toMatch(/In the queue: number 3.*about 8 s/);
  expect(show({ position: 1, expectedSeconds: 90 }).textContent).toMatch(/Next in the queue.*about 2 min/);
});

test('running: a bar over the tests and one row per test that has landed', () => {
  show({
    phase: 'running',
    testsTotal: 4,
    results: [testResult({ index: 0 }), testResult({ index: 1, status: 'wrong_answer' })],
  });
  const bar = screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Tests done' });
  expect([bar.value, bar.max]).toEqual([2, 4]);
  expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    expect.stringContaining('Test 1'),
    expect.stringContaining('Wrong answer'),
  ]);
});

test('after our judge failed: not the learner’s code, and when it is tried again', () => {
  const container = show({ retryAt: '2026-11-23T12:30:05.000Z' });
  expect(container.textContent).toContain('Our judge failed. This was not your code.');
  expect(container.querySelector('time')?.dateTime).toBe('2026-11-23T12:30:05.000Z');
});

test('what is spoken changes with the phase and not with each test', () => {
  const running = { ...justQueued, phase: 'running' as const, testsTotal: 40 };
  const first = spokenState({ ...running, results: [testResult()] });
  const second = spokenState({ ...running, results: [testResult(), testResult({ index: 1 })] });
  expect(first).toBe(second);
  expect(spokenState({ ...running, phase: 'over', detail: judgedSubmission() })).toBe(
    'Accepted: 2 of 2 tests passed, 10 of 10 points',
  );
});
