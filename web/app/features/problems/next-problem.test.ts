import { expect, test } from '@jest/globals';
import type { ProblemState, ProblemSummary } from '@coding-platform/api/schema/problems';
import { nextProblem } from './next-problem';

const lesson = (...states: ProblemState[]): ProblemSummary[] =>
  states.map((state, at) => ({
    slug: `p${at}`,
    title: `P${at}`,
    difficulty: 'easy',
    points: 10,
    state,
    bestScore: 0,
  }));

test('the next one that is not solved, in order', () => {
  expect(nextProblem(lesson('solved', 'solved', 'solved', 'tried'), 'p1')?.slug).toBe('p3');
});

test('after the last one, an earlier one that was left out', () => {
  expect(nextProblem(lesson('solved', 'none', 'solved'), 'p2')?.slug).toBe('p1');
});

test('none when all are solved, or when the problem stands alone', () => {
  expect(nextProblem(lesson('solved', 'solved'), 'p0')).toBeNull();
  expect(nextProblem([], 'p0')).toBeNull();
});
