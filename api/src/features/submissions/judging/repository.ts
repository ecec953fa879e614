import { dataOf, type Client } from '../../../lib/supabase.js';
import type { TestStatus, Verdict } from '../schema.js';

export interface Claim {
  id: string;
  lease_token: string;
  problem_id: string;
  language_id: number;
  source_code: string;
  attempts: number;
  /** An earlier attempt, which its grader did not end, has stored results. */
  has_results: boolean;
  /** Of the request with which it came; null when no request brought it. */
  request_id: string | null;
  /** From sending to this claim; null for a rejudge, for which nobody waits. */
  waited_seconds: number | null;
}

export interface JudgedTest {
  position: number;
  sample: boolean;
  stdin: string;
  expected_output: string;
  points: number;
  hint: string | null;
}

export interface JudgedProblem {
  points: number;
  time_limit_ms: number;
  memory_limit_kb: number;
  /** After so many tests past the time limit the others are not run; null: all are. */
  stop_after_time_limits: number | null;
  wait_limit_ms: number | null;
  tests: JudgedTest[];
}

/** One test's result as record_results takes it. */
export interface RecordedResult {
  position: number;
  status: TestStatus;
  sample: boolean;
  points: number;
  timeMs: number | null;
  memoryKb: number | null;
  hint: string | null;
  stdin: string | null;
  expected: string | null;
  stdout: string | null;
  stderr: string | null;
  message: string | null;
}

/** The judging queue, over the service role; every write answers false once the lease is lost. */
export const createJudgingRepository = (client: Client) => ({
  claim: (worker: string, limit: number, leaseSeconds: number): Promise<Claim[]> =>
    dataOf<Claim[]>(
      client.rpc('claim_submissions', {
        worker_name: worker,
        max_claims: limit,
        lease_seconds: leaseSeconds,
      }),
    ),

  /** Returns the submissions whose leases are still held. */
  renew: (leases: string[], leaseSeconds: number): Promise<string[]> =>
    dataOf<string[]>(client.rpc('renew_leases', { lease_tokens: leases, lease_seconds: leaseSeconds })),

  selectProblem: (problemId: string): Promise<JudgedProblem> =>
    dataOf<JudgedProblem>(
      client
        .from('problems')
        .select(
          `points, time_limit_ms, memory_limit_kb, stop_after_time_limits, wait_limit_ms,
           tests:problem_tests(position, sample, stdin, expected_output, points, hint)`,
        )
        .eq('id', problemId)
        .order('position', { referencedTable: 'tests' })
        .single(),
    ),

  /** What an earlier attempt, whose grader died, has stored already. */
  selectResults: (submissionId: string): Promise<{ position: number; status: TestStatus }[]> =>
    dataOf(client.from('submission_results').select('position, status').eq('submission_id', submissionId)),

  record: (lease: string, results: RecordedResult[]): Promise<boolean> =>
    dataOf<boolean>(client.rpc('record_results', { lease, results })),

  finish: (
    lease: string,
    outcome: { verdict: Verdict; score: number; passed: number; compileOutput: string | null },
  ): Promise<boolean> =>
    dataOf<boolean>(
      client.rpc('finish_submission', {
        lease,
        final_verdict: outcome.verdict,
        final_score: outcome.score,
        passed: outcome.passed,
        compiler_output: outcome.compileOutput,
      }),
    ),

  /** Back to the queue after delaySeconds, or given up when that is null. */
  release: (lease: string, reason: string, delaySeconds: number | null, counted: boolean): Promise<boolean> =>
    dataOf<boolean>(
      client.rpc('release_submission', { lease, reason, delay_seconds: delaySeconds, counted }),
    ),
});

export type JudgingRepository = ReturnType<typeof createJudgingRepository>;
