import { z } from 'zod';
import type { Limits } from './languages.js';

/** One program with one input, as the judge gets it. */
export interface JudgeCase {
  languageId: number;
  sourceCode: string;
  stdin: string;
  /** Null: nothing to compare with. */
  expectedOutput: string | null;
  limits: Limits;
  /** Judge0's two per-process flags: it then does without control groups. */
  perProcessLimits?: boolean;
  /** Someone looks at the screen: such programs have places of their own in our engine. */
  lane?: 'run';
  /** What can be cancelled together; only our engine knows it. */
  group?: string;
}

export interface JudgeResult {
  /** Judge0's status: 1 and 2 are not finished yet. */
  statusId: number;
  timeMs: number | null;
  memoryKb: number | null;
  exitCode: number | null;
  stdout: string;
  stderr: string;
  compileOutput: string | null;
  message: string | null;
  memoryLimitExceeded: boolean;
  outputLimitExceeded: boolean;
  /** Its group was cancelled: it says nothing about the program. */
  cancelled?: boolean;
}

const resultRow = z.object({
  status_id: z.number(),
  time: z.string().nullable(),
  memory: z.number().nullable(),
  exit_code: z.number().nullable(),
  stdout: z.string().nullable(),
  stderr: z.string().nullable(),
  compile_output: z.string().nullable(),
  message: z.string().nullable(),
  limit_hint: z.enum(['memory_limit_exceeded', 'output_limit_exceeded', 'cancelled']).nullish(),
});
/** Our engine's own field; an official Judge0 does not have it. */
export const hintField = 'limit_hint';
/** What is asked for of a result, in Judge0's names, without our engine's own field. */
export const fields = Object.keys(resultRow.shape).filter((field) => field !== hintField);
/** The answer to a question for several results. */
export const batchAnswer = z.object({ submissions: z.array(resultRow.nullable()) });
const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

// Postgres stores no NUL in text; the symbol shows the learner that one was printed.
const decode = (base64: string | null): string =>
  base64 === null ? '' : Buffer.from(base64, 'base64').toString('utf8').replaceAll('\0', '␀');

const smallestLimitBytes = 256 * 1024;

/** An output that was cut is a whole number of kilobytes long, as the limit is. */
const looksCut = (base64: string | null): boolean => {
  const bytes = base64 === null ? 0 : Buffer.from(base64, 'base64').length;
  return bytes >= smallestLimitBytes && bytes % 1024 === 0;
};

/** A result as the product speaks of it: milliseconds, decoded texts. */
export const toResult = (row: z.infer<typeof resultRow>): JudgeResult => ({
  statusId: row.status_id,
  timeMs: row.time === null ? null : Math.round(Number(row.time) * 1000),
  memoryKb: row.memory,
  exitCode: row.exit_code,
  stdout: decode(row.stdout),
  stderr: decode(row.stderr),
  compileOutput: row.compile_output === null ? null : decode(row.compile_output),
  message: row.message === null ? null : decode(row.message),
  memoryLimitExceeded: row.limit_hint === 'memory_limit_exceeded',
  // An official Judge0 has no such field.
  outputLimitExceeded:
    row.limit_hint === undefined ? looksCut(row.stdout) : row.limit_hint === 'output_limit_exceeded',
  cancelled: row.limit_hint === 'cancelled',
});

/** A case as Judge0 takes it: seconds, texts in base64. */
export const toBody = ({ languageId, sourceCode, stdin, expectedOutput, limits, ...more }: JudgeCase) => ({
  language_id: languageId,
  source_code: encode(sourceCode),
  stdin: encode(stdin),
  ...(expectedOutput === null ? {} : { expected_output: encode(expectedOutput) }),
  cpu_time_limit: limits.cpuMs / 1000,
  wall_time_limit: limits.wallMs / 1000,
  memory_limit: limits.memoryKb,
  // An official Judge0 passes over what it does not know.
  idle_time_limit: limits.idleMs / 1000,
  ...(more.lane ? { lane: more.lane } : {}),
  ...(more.group ? { group: more.group } : {}),
  ...(more.perProcessLimits
    ? { enable_per_process_and_thread_time_limit: true, enable_per_process_and_thread_memory_limit: true }
    : {}),
});
