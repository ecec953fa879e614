import type { JudgeClient } from '../../../judge/client.js';
import type { JudgeCase, JudgeResult } from '../../../judge/wire-format.js';
import { confirmUnreadable, looksUnreadable } from '../../../judge/parse-errors.js';
import { runInOrder } from '../../../judge/run-cases.js';
import { outcomeOf, scoreOf, verdictOf } from '../../../judge/verdict.js';
import { limitsOf } from '../../problems/service.js';
import { normalizedSource, type TestStatus, type Verdict } from '../schema.js';
import type { Claim, JudgedProblem, JudgedTest, JudgingRepository, RecordedResult } from './repository.js';

const maxTextBytes = 65_536;

/** The judge answered, but could not run the program; the attempt counts. */
export class JudgeFailedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JudgeFailedError';
  }
}

/** Somebody stopped the submission, or another grader has it now; whatever this one knows is void. */
export class LeaseLostError extends Error {
  constructor() {
    super('the lease was lost');
    this.name = 'LeaseLostError';
  }
}

/** The first 64 KiB of a text, cut between characters; null for an empty one. */
export const clipped = (text: string | null): string | null => {
  if (!text) return null;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxTextBytes) return text;
  const mark = '\n… (clipped)';
  return new TextDecoder().decode(bytes.subarray(0, maxTextBytes - 16), { stream: true }) + mark;
};

const toRecord = (test: JudgedTest, status: Verdict, result: JudgeResult): RecordedResult => ({
  position: test.position,
  status,
  sample: test.sample,
  points: test.points,
  timeMs: result.timeMs,
  memoryKb: result.memoryKb,
  hint: status === 'accepted' ? null : test.hint,
  stdin: test.sample ? clipped(test.stdin) : null,
  expected: test.sample ? clipped(test.expected_output) : null,
  stdout: clipped(result.stdout),
  stderr: clipped(result.stderr),
  message: clipped(result.message),
});

const notRun = (test: JudgedTest): RecordedResult => ({
  position: test.position,
  status: 'not_run',
  sample: test.sample,
  points: test.points,
  timeMs: null,
  memoryKb: null,
  hint: null,
  stdin: test.sample ? clipped(test.stdin) : null,
  expected: test.sample ? clipped(test.expected_output) : null,
  stdout: null,
  stderr: null,
  message: null,
});

/** A whole batch may wait behind others: the sum of its wall limits, and a minute. */
const deadlineOf = (cases: JudgeCase[]): number =>
  cases.reduce((sum, { limits }) => sum + limits.wallMs, 60_000);

/** How one submission was judged. */
export interface Judged {
  verdict: Verdict;
  /** What of the time went into writing results and verdict. */
  storeSeconds: number;
}

/** Adds up, in seconds, how long pieces of work take. */
const createStopwatch = () => {
  let seconds = 0;
  return {
    seconds: () => seconds,
    during: async <T>(work: () => Promise<T>): Promise<T> => {
      const began = performance.now();
      try {
        return await work();
      } finally {
        seconds += (performance.now() - began) / 1000;
      }
    },
  };
};

/** Judges one claimed submission: runs what is not stored yet, stores results as they land, writes the verdict. */
export const createJudgingService = ({
  repository,
  judge,
  onResend,
}: {
  repository: JudgingRepository;
  judge: JudgeClient;
  onResend?: (programs: number) => void;
}) => {
  const finish = async (
    claim: Claim,
    problem: JudgedProblem,
    statuses: ReadonlyMap<number, TestStatus>,
    verdict: Verdict,
    compileOutput: string | null,
  ): Promise<void> => {
    const tests = problem.tests.map(({ position, points }) => ({
      points,
      passed: statuses.get(position) === 'accepted',
    }));
    const kept = await repository.finish(claim.lease_token, {
      verdict,
      score: scoreOf(tests, problem.points),
      passed: tests.filter(({ passed }) => passed).length,
      compileOutput: clipped(compileOutput),
    });
    if (!kept) throw new LeaseLostError();
  };

  return {
    /**
     * Throws JudgeUnavailableError (nothing is known; try again), JudgeFailedError (counts as an attempt) and
     * LeaseLostError (leave it alone). What was stored before the throw stays and is not run again.
     */
    judge: async (claim: Claim, signal: AbortSignal): Promise<Judged> => {
      const storing = createStopwatch();
      const [problem, stored] = await Promise.all([
        repository.selectProblem(claim.problem_id),
        claim.has_results ? repository.selectResults(claim.id) : [],
      ]);
      const limits = limitsOf(problem, claim.language_id);
      const statuses = new Map(stored.map(({ position, status }) => [position, status]));
      const open = problem.tests.filter(({ position }) => !statuses.has(position));
      const program = {
        languageId: claim.language_id,
        sourceCode: normalizedSource(claim.source_code),
        limits,
      };
      const cases = open.map((test) => ({
        ...program,
        stdin: test.stdin,
        expectedOutput: test.expected_output,
      }));
      let compileOutput: string | null = null;
      let asked: Promise<string | null> | undefined;
      const unreadable = () => (asked ??= confirmUnreadable(judge, program, signal));
      const slow = stored.filter(({ status }) => status === 'time_limit').length;
      const most = problem.stop_after_time_limits;
      const running = {
        deadlineMs: deadlineOf(cases),
        signal,
        // Whoever stops a submission cancels what its grader has at the judge by this name.
        group: claim.lease_token,
        timeLimitsLeft: most === null ? null : Math.max(most - slow, 0),
        ...(onResend ? { onResend } : {}),
      };
      const record = async (records: RecordedResult[]): Promise<void> => {
        const kept = await storing.during(() => repository.record(claim.lease_token, records));
        if (!kept) throw new LeaseLostError();
        records.forEach(({ position, status }) => statuses.set(position, status));
      };
      for await (const landed of runInOrder(judge, cases, running)) {
        const records: RecordedResult[] = [];
        for (const { index, result } of landed) {
          if (result.cancelled) throw new LeaseLostError();
          const outcome = outcomeOf(result, limits);
          if (outcome === 'judge_failed') throw new JudgeFailedError(result.message ?? 'no reason given');
          compileOutput = result.compileOutput ?? compileOutput;
          const unread = looksUnreadable(claim.language_id, result) ? await unreadable() : null;
          if (outcome === 'compile_error' || unread !== null) {
            compileOutput ??= unread;
            await storing.during(() => finish(claim, problem, new Map(), 'compile_error', compileOutput));
            return { verdict: 'compile_error', storeSeconds: storing.seconds() };
          }
          records.push(toRecord(open[index] as JudgedTest, outcome, result));
        }
        await record(records);
      }
      const left = problem.tests.filter(({ position }) => !statuses.has(position));
      if (left.length > 0) await record(left.map(notRun));
      const verdict = verdictOf([...statuses].map(([position, status]) => ({ position, status })));
      await storing.during(() => finish(claim, problem, statuses, verdict, compileOutput));
      return { verdict, storeSeconds: storing.seconds() };
    },
  };
};

export type JudgingService = ReturnType<typeof createJudgingService>;
