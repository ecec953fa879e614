import type { Caller } from '../../lib/caller.js';
import {
  JudgeUnavailableError,
  type JudgeCase,
  type JudgeClient,
  type JudgeResult,
} from '../../judge/client.js';
import { readableCompileOutput, readableEnd } from '../../judge/errors/describe-error.js';
import { limitsFor, toldLimits } from '../../judge/languages.js';
import { looksUnreadable } from '../../judge/parse-errors.js';
import { runCases } from '../../judge/run-cases.js';
import { outcomeOf } from '../../judge/verdict.js';
import { AppError } from '../../lib/app-error.js';
import type { ProblemSample, ProblemService } from '../problems/service.js';
import { clipped } from '../submissions/judging/service.js';
import type { Verdict } from '../submissions/schema.js';
import type { RunCase, RunRequest, RunResult } from './schema.js';

const deadlineMs = 45_000;

interface Input {
  index: number;
  stdin: string;
  expected: string | null;
}

/** A problem without samples is tried on no input at all, so that a learner sees something. */
const inputsOf = (samples: ProblemSample[], stdin: string | undefined): Input[] =>
  stdin !== undefined || samples.length === 0
    ? [{ index: 0, stdin: stdin ?? '', expected: null }]
    : samples.map((sample) => ({
        index: sample.position,
        stdin: sample.stdin,
        expected: sample.expected_output,
      }));

/** Own input has nothing to compare with: it finished, unless its output was cut. */
const statusOf = (input: Input, outcome: Verdict, result: JudgeResult): RunCase['status'] => {
  if (input.expected !== null || outcome !== 'accepted') return outcome;
  return result.outputLimitExceeded ? 'output_limit' : 'finished';
};

const toCase = (input: Input, result: JudgeResult, program: JudgeCase): RunCase => {
  const outcome = outcomeOf(result, program.limits);
  if (outcome === 'judge_failed') {
    throw new AppError('judge_unavailable', 'Our judge failed. This was not your code; try again.', {
      retryAfterSeconds: 3,
    });
  }
  return readableEnd(program, {
    index: input.index,
    status: looksUnreadable(program.languageId, result) ? 'compile_error' : statusOf(input, outcome, result),
    timeMs: result.timeMs,
    memoryKb: result.memoryKb,
    input: input.stdin,
    expected: input.expected,
    stdout: clipped(result.stdout) ?? '',
    stderr: clipped(result.stderr) ?? '',
    message: clipped(result.message),
  });
};

/** Trial runs: on the samples or on the learner's own input; nothing is stored and nothing counts. */
export const createRunService = ({
  judge,
  problems,
}: {
  judge: JudgeClient | null;
  problems: ProblemService;
}) => ({
  /** Throws judge_disabled, judge_unavailable, language_not_allowed, not_found, and AbortError on the signal. */
  run: async (caller: Caller, request: RunRequest, signal: AbortSignal): Promise<RunResult> => {
    const problem = await problems.load(caller, request.problemSlug);
    await problems.requireRunnable(problem, request.languageId);
    const limits = limitsFor(
      { timeLimitMs: problem.time_limit_ms, memoryLimitKb: problem.memory_limit_kb },
      request.languageId,
    );
    const inputs = inputsOf(problem.samples, request.stdin);
    const cases = inputs.map(({ stdin, expected }) => ({
      languageId: request.languageId,
      sourceCode: request.sourceCode,
      stdin,
      expectedOutput: expected,
      limits,
    }));
    const results: RunCase[] = [];
    let compileOutput: string | null = null;
    try {
      for await (const landed of runCases(judge as JudgeClient, cases, { deadlineMs, signal })) {
        for (const { index, result } of landed) {
          const one = toCase(inputs[index] as Input, result, cases[index] as JudgeCase);
          const unread = one.status === 'compile_error' ? result.stderr || result.stdout : null;
          compileOutput = result.compileOutput ?? unread ?? compileOutput;
          results.push(one);
        }
      }
    } catch (error) {
      if (!(error instanceof JudgeUnavailableError)) throw error;
      throw new AppError('judge_unavailable', 'The judges are busy. Try again in a few seconds.', {
        retryAfterSeconds: 5,
        cause: error,
      });
    }
    const broken = results.some(({ status }) => status === 'compile_error');
    return {
      ...readableCompileOutput(request, clipped(compileOutput), broken),
      limits: toldLimits(limits),
      cases: broken ? [] : results.sort((a, b) => a.index - b.index),
    };
  },
});

export type RunService = ReturnType<typeof createRunService>;
