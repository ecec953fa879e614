import type { Difficulty, ProblemState } from '@coding-platform/api/schema/problems';

export const difficultyWords: Record<Difficulty, string> = { easy: 'Easy', medium: 'Medium', hard: 'Hard' };

export const stateWords: Record<ProblemState, string> = {
  none: 'Not started',
  tried: 'Tried',
  solved: 'Solved',
};

/** "1 problem", "3 problems"; `plural` only where an s is not enough. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
