import type { TestStatus, Verdict } from '../features/submissions/schema.js';
import type { JudgeResult } from './wire-format.js';
import type { Limits } from './languages.js';

const judge0 = {
  accepted: 3,
  wrongAnswer: 4,
  timeLimit: 5,
  compileError: 6,
  fileSizeSignal: 8,
  internalError: 13,
  execFormatError: 14,
} as const;

// bash's exit code of a program that a signal ended: 128 + SIGXFSZ (25).
const fileSizeExitCode = 153;

/** Outcome of one case: a verdict on the program, or `judge_failed`, which is about us. */
export type Outcome = Verdict | 'judge_failed';

// A runtime with a heap of its own gives up before the limit of the machine is reached.
const outOfMemory = [
  /^Exception in thread "[^"]*" java\.lang\.OutOfMemoryError: (?!unable to create)/m,
  /There is insufficient memory for the Java Runtime|Could not reserve enough space/,
  /^FATAL ERROR: .*(?:heap out of memory|Allocation failed)/m,
  /^(?:\[ERROR\] FATAL UNHANDLED EXCEPTION: |Unhandled [Ee]xception[.:]\s*)System\.OutOfMemoryException/m,
  /^Out of memory\.$/m,
  /^MemoryError(?:: .*)?$/m,
  /^terminate called after throwing an instance of 'std::bad_alloc'$/m,
];
const tooMuchOutput = /\[Errno 27\] File too large|\bEFBIG\b/;
export const isTimeLimit = ({ statusId }: JudgeResult): boolean => statusId === judge0.timeLimit;

/**
 * Maps a finished Judge0 result to our verdict. Judge0 has no status for memory and output limits: the memory limit
 * shows as a runtime error whose memory reached the limit, or in what the runtime says; the output limit as SIGXFSZ or
 * EFBIG, or not at all where a runtime does not look. Our engine says both outright.
 */
export const outcomeOf = (result: JudgeResult, limits: Pick<Limits, 'memoryKb'>): Outcome => {
  switch (result.statusId) {
    case judge0.accepted:
      return 'accepted';
    case judge0.wrongAnswer:
      return result.outputLimitExceeded ? 'output_limit' : 'wrong_answer';
    case judge0.timeLimit:
      return 'time_limit';
    case judge0.compileError:
      return 'compile_error';
    case judge0.internalError:
    case judge0.execFormatError:
      return 'judge_failed';
    default:
  }
  if (result.memoryLimitExceeded) return 'memory_limit';
  if (result.outputLimitExceeded) return 'output_limit';
  if (result.statusId === judge0.fileSizeSignal || result.exitCode === fileSizeExitCode)
    return 'output_limit';
  if (tooMuchOutput.test(result.stderr)) return 'output_limit';
  if (outOfMemory.some((words) => words.test(result.stderr))) return 'memory_limit';
  if (result.memoryKb !== null && result.memoryKb >= limits.memoryKb) return 'memory_limit';
  return 'runtime_error';
};

/** The verdict of a whole submission: the first test that was run and not accepted decides. */
export const verdictOf = (results: readonly { position: number; status: TestStatus }[]): Verdict => {
  const inOrder = [...results].sort((a, b) => a.position - b.position);
  for (const { status } of inOrder) if (status !== 'accepted' && status !== 'not_run') return status;
  return 'accepted';
};

/** Points out of maxScore for the tests that passed, by their weights, rounded down; all passed is the full score. */
export const scoreOf = (tests: readonly { points: number; passed: boolean }[], maxScore: number): number => {
  if (tests.length > 0 && tests.every(({ passed }) => passed)) return maxScore;
  const total = tests.reduce((sum, { points }) => sum + points, 0);
  const earned = tests.reduce((sum, { points, passed }) => sum + (passed ? points : 0), 0);
  return total === 0 ? 0 : Math.floor((maxScore * earned) / total);
};
