import { AppError } from '../../lib/app-error.js';
import { dataOf, isoTime, optionalIsoTime, type Client } from '../../lib/supabase.js';
import { readableCompileOutput, readableEnd } from '../../judge/errors/describe-error.js';
import { languageOf, limitsFor, toldLimits } from '../../judge/languages.js';
import type { SubmissionDetail, SubmissionStatus, SubmissionSummary, TestResult, Verdict } from './schema.js';

interface LimitedProblem {
  time_limit_ms: number;
  memory_limit_kb: number;
}

interface SummaryRow {
  id: string;
  language_id: number;
  status: SubmissionStatus;
  verdict: Verdict | null;
  score: number;
  max_score: number;
  tests_passed: number;
  tests_total: number;
  created_at: string;
  finished_at: string | null;
  problem: { slug: string; title: string; course: { slug: string } };
}

interface ResultRow {
  position: number;
  status: Verdict;
  sample: boolean;
  points: number;
  time_ms: number | null;
  memory_kb: number | null;
  hint: string | null;
  output: {
    stdin: string | null;
    expected_output: string | null;
    stdout: string | null;
    stderr: string | null;
    message: string | null;
  } | null;
}

interface DetailRow extends SummaryRow {
  source_code: string;
  compile_output: string | null;
  not_before: string;
  revision: number;
  limits: LimitedProblem;
  author: { full_name: string } | null;
  results: ResultRow[];
}

const summaryColumns = `id, language_id, status, verdict, score, max_score, tests_passed, tests_total, created_at,
  finished_at, problem:problems!inner(slug, title, course:courses!inner(slug))`;

const toSummary = (row: SummaryRow): SubmissionSummary => ({
  id: row.id,
  problemSlug: row.problem.slug,
  problemTitle: row.problem.title,
  courseSlug: row.problem.course.slug,
  languageId: row.language_id,
  languageName: languageOf(row.language_id).name,
  status: row.status,
  verdict: row.verdict,
  score: row.score,
  maxScore: row.max_score,
  testsPassed: row.tests_passed,
  testsTotal: row.tests_total,
  createdAt: isoTime(row.created_at),
  finishedAt: optionalIsoTime(row.finished_at),
});

interface Program {
  languageId: number;
  sourceCode: string;
}

const toOutput = (program: Program, status: Verdict, output: NonNullable<ResultRow['output']>) => {
  const { stderr, message, help } = readableEnd(program, {
    status,
    stderr: output.stderr ?? '',
    message: output.message,
  });
  return {
    input: output.stdin ?? undefined,
    expected: output.expected_output ?? undefined,
    stdout: output.stdout ?? undefined,
    stderr: stderr || undefined,
    message: message ?? undefined,
    ...(help ? { help } : {}),
  };
};

const toResult = (program: Program, { output, ...row }: ResultRow): TestResult => ({
  index: row.position,
  status: row.status,
  timeMs: row.time_ms,
  memoryKb: row.memory_kb,
  sample: row.sample,
  points: row.points,
  ...(output ? toOutput(program, row.status, output) : {}),
  ...(row.hint ? { hint: row.hint } : {}),
});

const limitsOf = ({ limits, language_id: languageId }: DetailRow) =>
  toldLimits(
    limitsFor({ timeLimitMs: limits.time_limit_ms, memoryLimitKb: limits.memory_limit_kb }, languageId),
  );

// Only a submission that our judge could not do waits for a time to come.
const retryAtOf = (row: DetailRow): string | null =>
  row.status === 'queued' && Date.parse(row.not_before) > Date.now() ? isoTime(row.not_before) : null;

// Of app.prepare_submission: the problem changed since it was looked at, or was never finished.
const refusals: Partial<Record<string, () => AppError>> = {
  no_tests: () => new AppError('no_tests', 'This problem has no tests yet. Tell your teacher.'),
  language_not_allowed: () =>
    new AppError('language_not_allowed', 'This language is not allowed any more. Reload the page.'),
};

/**
 * Stores a submission; the database sets owner, course, score bounds and state. Returns its id. Throws no_tests and
 * language_not_allowed.
 */
export const insertSubmission = async (
  client: Client,
  submission: { problemId: string; languageId: number; sourceCode: string; requestId: string },
): Promise<string> => {
  const answer = await client
    .from('submissions')
    .insert({
      problem_id: submission.problemId,
      language_id: submission.languageId,
      source_code: submission.sourceCode,
      request_id: submission.requestId,
    })
    .select('id')
    .single();
  // Only the message is the same on every server that stands for Supabase.
  const [reason = ''] = /no_tests|language_not_allowed/.exec(answer.error?.message ?? '') ?? [];
  const refusal = refusals[reason];
  if (refusal) throw refusal();
  return (await dataOf<{ id: string }>(Promise.resolve(answer))).id;
};

/** A user's own submissions, newest first. */
export const selectSubmissions = async (
  client: Client,
  filter: { userId: string; problemSlug?: string | undefined; before?: string | undefined; limit: number },
): Promise<SubmissionSummary[]> => {
  let query = client
    .from('submissions')
    .select(summaryColumns)
    .eq('user_id', filter.userId)
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(filter.limit);
  if (filter.problemSlug) query = query.eq('problem.slug', filter.problemSlug);
  if (filter.before) {
    const [createdAt, id] = filter.before.split('_');
    query = query.or(`created_at.lt.${createdAt},and(created_at.eq.${createdAt},id.lt.${id})`);
  }
  return (await dataOf<SummaryRow[]>(query)).map(toSummary);
};

/** A submission with its results, as far as the caller may see them; null when they may not see it at all. */
export const selectOptionalSubmission = async (
  client: Client,
  id: string,
): Promise<{ submission: SubmissionDetail; revision: number } | null> => {
  const row = await dataOf<DetailRow | null>(
    client
      .from('submissions')
      .select(
        `${summaryColumns}, source_code, compile_output, not_before, revision,
         limits:problems!inner(time_limit_ms, memory_limit_kb), author:users!submissions_user_id_fkey(full_name),
         results:submission_results(position, status, sample, points, time_ms, memory_kb, hint,
           output:submission_outputs(stdin, expected_output, stdout, stderr, message))`,
      )
      .eq('id', id)
      .order('position', { referencedTable: 'results' })
      .maybeSingle(),
  );
  if (!row) return null;
  const program = { languageId: row.language_id, sourceCode: row.source_code };
  return {
    revision: row.revision,
    submission: {
      ...toSummary(row),
      sourceCode: row.source_code,
      authorName: row.author?.full_name ?? '',
      ...readableCompileOutput(program, row.compile_output, row.verdict === 'compile_error'),
      limits: limitsOf(row),
      retryAt: retryAtOf(row),
      results: row.results.map((result) => toResult(program, result)),
    },
  };
};

export interface ProgressSnapshot {
  id: string;
  status: SubmissionStatus;
  revision: number;
  queue_position: number | null;
  expected_seconds: number | null;
}

/** How far these submissions are; one query for all viewers of an api process. */
export const selectSubmissionProgress = (client: Client, ids: string[]): Promise<ProgressSnapshot[]> =>
  dataOf<ProgressSnapshot[]>(client.rpc('submission_progress', { ids }));
