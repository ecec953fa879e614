import { z } from 'zod';
import { sourceCode, verdict } from '../submissions/schema.js';

export const runRequest = z
  .object({
    problemSlug: z.string().min(1).max(100),
    languageId: z.number().int(),
    sourceCode,
    stdin: z
      .string()
      .max(65536, { error: 'The input is larger than 64 KiB.' })
      .optional()
      .meta({ description: 'Run on this input and not on the samples.' }),
  })
  .meta({ id: 'RunRequest' });
export type RunRequest = z.infer<typeof runRequest>;

/** One case of a run. Own input has nothing to compare with: its status is `finished` unless the program failed. */
export const runCase = z
  .object({
    index: z.number().int(),
    status: z.enum([...verdict.options, 'finished']),
    timeMs: z.number().int().nullable(),
    memoryKb: z.number().int().nullable(),
    input: z.string(),
    expected: z.string().nullable(),
    stdout: z.string(),
    stderr: z.string(),
    message: z.string().nullable(),
  })
  .meta({ id: 'RunCase' });
export type RunCase = z.infer<typeof runCase>;

export const runResult = z
  .object({ compileOutput: z.string().nullable(), cases: z.array(runCase) })
  .meta({ id: 'RunResult' });
export type RunResult = z.infer<typeof runResult>;
