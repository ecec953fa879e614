import type { ProblemSummary } from '@coding-platform/api/schema/problems';

/** The problem to go on with: the next one of the lesson that is not solved, else an earlier one, else null. */
export const nextProblem = (siblings: ProblemSummary[], slug: string): ProblemSummary | null => {
  const at = siblings.findIndex((sibling) => sibling.slug === slug);
  const inTurn = [...siblings.slice(at + 1), ...siblings.slice(0, Math.max(at, 0))];
  return inTurn.find((sibling) => sibling.state !== 'solved') ?? null;
};
