import { dataOf, type Client } from '../../lib/supabase.js';
import type { ProblemListRow, ProgressRow } from './progress.js';

const listColumns = 'id, slug, title, difficulty, points, position';

/** One person's state on every problem that they tried. */
export const selectProgress = (client: Client, userId: string): Promise<ProgressRow[]> =>
  dataOf<ProgressRow[]>(
    client
      .from('problem_progress')
      .select('problem_id, attempts, best_score, solved, last_submitted_at')
      .eq('user_id', userId),
  );

/** Whether a user has submissions that are not judged yet. */
export const hasUnfinishedSubmissions = async (client: Client, userId: string): Promise<boolean> => {
  const rows = await dataOf<unknown[]>(
    client
      .from('submissions')
      .select('id')
      .eq('user_id', userId)
      .in('status', ['queued', 'running'])
      .limit(1),
  );
  return rows.length > 0;
};

export interface ProblemRow extends ProblemListRow {
  organization_id: string;
  statement: string;
  time_limit_ms: number;
  memory_limit_kb: number;
  stop_after_time_limits: number | null;
  wait_limit_ms: number | null;
  language_ids: number[];
  starter_code: Record<string, string>;
  course: { id: string; slug: string; title: string };
  lesson: { slug: string; title: string; problems: ProblemListRow[] } | null;
  samples: { position: number; stdin: string; expected_output: string }[];
}

/** A problem with its samples and the other problems of its lesson, or null when the caller may not see it. */
export const selectOptionalProblem = (client: Client, slug: string): Promise<ProblemRow | null> =>
  dataOf<ProblemRow | null>(
    client
      .from('problems')
      .select(
        `${listColumns}, organization_id, statement, time_limit_ms, memory_limit_kb, language_ids, starter_code,
         stop_after_time_limits, wait_limit_ms,
         course:courses(id, slug, title), lesson:lessons(slug, title, problems(${listColumns})),
         samples:problem_tests(position, stdin, expected_output)`,
      )
      .eq('slug', slug)
      .eq('samples.sample', true)
      .order('position', { referencedTable: 'samples' })
      .order('position', { referencedTable: 'lesson.problems' })
      .maybeSingle(),
  );
