import type { Difficulty, ProblemSummary } from './schema.js';

export interface ProblemListRow {
  id: string;
  slug: string;
  title: string;
  difficulty: Difficulty;
  points: number;
  position: number;
}

export interface ProgressRow {
  problem_id: string;
  attempts: number;
  best_score: number;
  solved: boolean;
  last_submitted_at: string;
}

/** One person's progress rows by problem id. */
export type Progress = ReadonlyMap<string, ProgressRow>;

/** A problem in a list, with the learner's own state from their progress rows. */
export const problemSummaryOf = (row: ProblemListRow, progress: Progress): ProblemSummary => {
  const own = progress.get(row.id);
  return {
    slug: row.slug,
    title: row.title,
    difficulty: row.difficulty,
    points: row.points,
    state: own ? (own.solved ? 'solved' : 'tried') : 'none',
    bestScore: own?.best_score ?? 0,
  };
};

/** Progress rows by problem id. */
export const progressByProblem = (rows: ProgressRow[]): Progress =>
  new Map(rows.map((row) => [row.problem_id, row]));
