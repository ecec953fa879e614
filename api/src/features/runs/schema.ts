import { z } from 'zod';
import { problemDetails } from '../../http/problem-schema.js';
import { slug } from '../problems/schema.js';
import { appliedLimits, errorHelp, sourceCode, testStatus } from '../submissions/schema.js';

export const maxStdinBytes = 65536;

export const runRequest = z
  .object({
    problemSlug: slug,
    languageId: z.number().int(),
    sourceCode,
    stdin: z
      .string()
      .overwrite((text) => text.replace(/\r\n?/g, '\n'))
      .refine((text) => new TextEncoder().encode(text).length <= maxStdinBytes, {
        error: `The input is larger than ${maxStdinBytes / 1024} KiB.`,
      })
      .optional()
      .meta({ description: 'Run on this input and not on the samples.' }),
  })
  .meta({ id: 'RunRequest' });
export type RunRequest = z.infer<typeof runRequest>;

/** One case of a run. Output texts are clipped to 64 KiB each. Own input has nothing to compare with: its status is `finished` unless the program failed. */
export const runCase = z
  .object({
    index: z.number().int().meta({ description: 'Position of the sample among the tests; 0 for own input.' }),
    status: z.enum([...testStatus.options, 'finished']),
    timeMs: z.number().int().nullable(),
    memoryKb: z.number().int().nullable(),
    input: z.string(),
    expected: z.string().nullable(),
    stdout: z.string(),
    stderr: z.string(),
    message: z.string().nullable(),
    help: errorHelp.optional(),
  })
  .meta({ id: 'RunCase' });
export type RunCase = z.infer<typeof runCase>;

export const runResult = z
  .object({
    compileOutput: z.string().nullable(),
    help: errorHelp.optional().meta({ description: 'With the compiler’s refusal.' }),
    limits: appliedLimits.optional(),
    cases: z.array(runCase),
  })
  .meta({ id: 'RunResult' });
export type RunResult = z.infer<typeof runResult>;

/**
 * Server-sent events of a run that was asked for as text/event-stream, each with its name as `event` and this as JSON in
 * `data`: its place in the queue whenever that changes, then that it runs, then its end: the result, or the problem that
 * a request for JSON would be answered with. Closing the connection stops the run.
 */
export const runEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('queued'), data: z.object({ position: z.number().int() }) }),
  z.object({ event: z.literal('running'), data: z.object({}) }),
  z.object({ event: z.literal('finished'), data: runResult }),
  z.object({ event: z.literal('failed'), data: problemDetails }),
]);
export type RunEvent = z.infer<typeof runEvent>;
