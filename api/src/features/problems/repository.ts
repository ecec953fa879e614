import { dataOf, type Client } from '../../lib/supabase.js';
import { problemListColumns, type ProblemListRow, type ProgressRow } from './progress.js';

/** The best state of one person on every problem tried, of all courses or of one. */
export const selectProgress = (client: Client, userId: string, courseId?: string): Promise<ProgressRow[]> => {
  const query = client
    .from('problem_progress')
    .select('problem_id, course_id, attempts, best_score, solved, last_submitted_at')
    .eq('user_id', userId);
  return dataOf<ProgressRow[]>(courseId ? query.eq('course_id', courseId) : query);
};

export interface ProblemRow extends ProblemListRow {
  statement: string;
  time_limit_ms: number;
  memory_limit_kb: number;
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
        `${problemListColumns}, statement, time_limit_ms, memory_limit_kb, language_ids, starter_code,
         course:courses(id, slug, title), lesson:lessons(slug, title, problems(${problemListColumns})),
         samples:problem_tests(position, stdin, expected_output)`,
      )
      .eq('slug', slug)
      .eq('samples.sample', true)
      .order('position', { referencedTable: 'samples' })
      .maybeSingle(),
  );
