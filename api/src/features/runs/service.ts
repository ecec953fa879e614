import { randomUUID } from 'node:crypto';
import type { Caller } from '../../lib/caller.js';
import { JudgeUnavailableError, type JudgeClient } from '../../judge/client.js';
import type { JudgeCase, JudgeResult } from '../../judge/wire-format.js';
import { readableCompileOutput, readableEnd } from '../../judge/errors/describe-error.js';
import { toldLimits } from '../../judge/languages.js';
import { looksUnreadable } from '../../judge/parse-errors.js';
import { runInOrder } from '../../judge/run-cases.js';
import { outcomeOf } from '../../judge/verdict.js';
import { AppError } from '../../lib/app-error.js';
import { limitsOf, type ProblemService, type RunnableProblem } from '../problems/service.js';
import { clipped } from '../submissions/judging/service.js';
import type { Verdict } from '../submissions/schema.js';
import type { RunCase, RunRequest, RunResult } from './schema.js';
import type { RunTurns } from './turns.js';

const deadlineMs = 45_000;

interface Input {
  index: number;
  stdin: string;
  expected: string | null;
}

/** A problem without samples is tried on no input at all, so that a learner sees something. */
const inputsOf = (samples: RunnableProblem['samples'], stdin: string | undefined): Input[] =>
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

const notRun = (input: Input): RunCase => ({
  index: input.index,
  status: 'not_run',
  timeMs: null,
  memoryKb: null,
  input: input.stdin,
  expected: input.expected,
  stdout: '',
  stderr: '',
  message: null,
});

/** Trial runs: on the samples or on the learner's own input; nothing is stored and nothing counts. */
export const createRunService = ({
  judge,
  problems,
  turns,
}: {
  judge: JudgeClient | null;
  problems: ProblemService;
  turns: RunTurns;
}) => {
  const judged = async (
    problem: RunnableProblem,
    request: RunRequest,
    signal: AbortSignal,
  ): Promise<RunResult> => {
    const limits = limitsOf(problem, request.languageId);
    const inputs = inputsOf(problem.samples, request.stdin);
    const cases = inputs.map(({ stdin, expected }) => ({
      languageId: request.languageId,
      sourceCode: request.sourceCode,
      stdin,
      expectedOutput: expected,
      limits,
    }));
    const options = {
      deadlineMs,
      signal,
      group: randomUUID(),
      lane: 'run',
      timeLimitsLeft: problem.stop_after_time_limits,
    } as const;
    const results: RunCase[] = [];
    let compileOutput: string | null = null;
    try {
      for await (const landed of runInOrder(judge as JudgeClient, cases, options)) {
        for (const { index, result } of landed) {
          const one = toCase(inputs[index] as Input, result, cases[index] as JudgeCase);
          const unread = one.status === 'compile_error' ? result.stderr || result.stdout : null;
          compileOutput = result.compileOutput ?? unread ?? compileOutput;
          results.push(one);
        }
        if (results.some(({ status }) => status === 'compile_error')) break;
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
      cases: broken ? [] : [...results, ...inputs.slice(results.length).map(notRun)],
    };
  };

  return {
    /**
     * Runs a program at its turn; `onStep` is told of its place in the queue, and null when it starts. Throws
     * judge_disabled, judge_unavailable, language_not_allowed, not_found, and AbortError on the signal, which ends it.
     */
    run: async (
      caller: Caller,
      request: RunRequest,
      signal: AbortSignal,
      onStep: (position: number | null) => void = () => undefined,
    ): Promise<RunResult> => {
      const problem = await problems.load(caller, request.problemSlug);
      await problems.requireRunnable(problem, request.languageId);
      const asking = { person: caller.id, course: problem.course.id, signal, onPlace: onStep };
      const done = await turns.take(asking);
      try {
        onStep(null);
        return await judged(problem, request, signal);
      } finally {
        done();
      }
    },
  };
};

export type RunService = ReturnType<typeof createRunService>;
