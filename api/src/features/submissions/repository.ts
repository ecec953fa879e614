import { dataOf, isoTime, optionalIsoTime, type Client } from '../../lib/supabase.js';
import { readableCompileOutput, readableEnd } from '../../judge/errors/describe-error.js';
import { languageOf, limitsFor, toldLimits } from '../../judge/languages.js';
import { storingRefusal } from '../../lib/storing-refusals.js';
import type {
  SubmissionDetail,
  SubmissionStatus,
  SubmissionSummary,
  TestResult,
  Verdict,
  TestStatus,
} from './schema.js';

interface LimitedProblem {
  time_limit_ms: number;
  memory_limit_kb: number;
  wait_limit_ms: number | null;
}

/** A submission without its program, as tables have it. */
export interface SummaryRow {
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
  status: TestStatus;
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
    time_ms: number | null;
    memory_kb: number | null;
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

/** A submission without its program, as the api shows it. */
export const toSummary = (row: SummaryRow): SubmissionSummary => ({
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

const toOutput = (program: Program, status: TestStatus, output: NonNullable<ResultRow['output']>) => {
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
  timeMs: output?.time_ms ?? row.time_ms,
  memoryKb: output?.memory_kb ?? row.memory_kb,
  sample: row.sample,
  points: row.points,
  ...(output ? toOutput(program, row.status, output) : {}),
  ...(row.hint ? { hint: row.hint } : {}),
});

const limitsOf = ({ limits, language_id: languageId }: DetailRow) =>
  toldLimits(
    limitsFor(
      {
        timeLimitMs: limits.time_limit_ms,
        memoryLimitKb: limits.memory_limit_kb,
        waitLimitMs: limits.wait_limit_ms,
      },
      languageId,
    ),
  );

// Only a submission that our judge could not do waits for a time to come.
const retryAtOf = (row: DetailRow): string | null =>
  row.status === 'queued' && Date.parse(row.not_before) > Date.now() ? isoTime(row.not_before) : null;

/**
 * Stores a submission; the database sets owner, course, score bounds and state. Returns its id. Throws too_many_waiting,
 * source_quota_exceeded, no_tests, language_not_allowed and not_found.
 */
export const insertSubmission = async (
  client: Client,
  submission: { problemId: string; languageId: number; sourceCode: string; requestId: string },
): Promise<string> => {
  const answer = await client.rpc('submit_program', {
    problem: submission.problemId,
    language: submission.languageId,
    source: submission.sourceCode,
    request: submission.requestId,
  });
  const refusal = storingRefusal(answer.error);
  if (refusal) throw refusal;
  return dataOf<string>(Promise.resolve(answer));
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

interface HiddenTest {
  test_position: number;
  stdin: string;
  expected_output: string;
}

/** What hidden tests read and expect, for those who are shown what was printed for one: the staff of the course. */
const selectHiddenTests = async (client: Client, row: DetailRow): Promise<Map<number, HiddenTest>> => {
  if (!row.results.some(({ sample, output }) => !sample && output)) return new Map();
  const tests = await dataOf<HiddenTest[]>(client.rpc('hidden_tests_of', { submission: row.id }));
  return new Map(tests.map((one) => [one.test_position, one]));
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
         limits:problems!inner(time_limit_ms, memory_limit_kb, wait_limit_ms), author:users!submissions_user_id_fkey(full_name),
         results:submission_results(position, status, sample, points, time_ms, memory_kb, hint,
           output:submission_outputs(stdin, expected_output, stdout, stderr, message, time_ms, memory_kb))`,
      )
      .eq('id', id)
      .order('position', { referencedTable: 'results' })
      .maybeSingle(),
  );
  if (!row) return null;
  const program = { languageId: row.language_id, sourceCode: row.source_code };
  const hidden = await selectHiddenTests(client, row);
  return {
    revision: row.revision,
    submission: {
      ...toSummary(row),
      sourceCode: row.source_code,
      authorName: row.author?.full_name ?? '',
      ...readableCompileOutput(program, row.compile_output, row.verdict === 'compile_error'),
      limits: limitsOf(row),
      retryAt: retryAtOf(row),
      results: row.results.map((result) => {
        const test = hidden.get(result.position);
        const texts = test ? { input: test.stdin, expected: test.expected_output } : {};
        return { ...toResult(program, result), ...texts };
      }),
    },
  };
};

/** Ends a submission without a verdict; `running`: the lease under which a grader has its programs at the judge. */
export const stopSubmission = async (
  client: Client,
  id: string,
): Promise<{ stopped: boolean; running: string | null }> => {
  const [row] = await dataOf<{ stopped: boolean; running: string | null }[]>(
    client.rpc('stop_submission', { submission: id }),
  );
  return row ?? { stopped: false, running: null };
};

export interface ProgressSnapshot {
  id: string;
  status: SubmissionStatus;
  revision: number;
  queue_position: number | null;
  expected_seconds: number | null;
}

/** How far these submissions are; one query for all viewers of an api process. `client` is the service's. */
export const selectSubmissionProgress = (client: Client, ids: string[]): Promise<ProgressSnapshot[]> =>
  dataOf<ProgressSnapshot[]>(client.rpc('submission_progress', { ids }));
