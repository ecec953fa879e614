import { z } from 'zod';

/** Names a course, a lesson or a problem in addresses; the database holds rows to the same pattern. */
export const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'Use small letters, digits and single hyphens.' })
  // The embedded Supabase reads these in a filter as values, and refuses them for a text.
  .refine((text) => !['true', 'false', 'null'].includes(text), { error: 'Use another name.' });

export const problemParams = z.object({ slug });

export const difficulty = z.enum(['easy', 'medium', 'hard']).meta({ id: 'Difficulty' });
export type Difficulty = z.infer<typeof difficulty>;

/** A learner's state on a problem. */
export const problemState = z.enum(['none', 'tried', 'solved']).meta({ id: 'ProblemState' });
export type ProblemState = z.infer<typeof problemState>;

export const problemSummary = z
  .object({
    slug: z.string(),
    title: z.string(),
    difficulty,
    points: z.number().int(),
    state: problemState,
    bestScore: z.number().int(),
  })
  .meta({ id: 'ProblemSummary' });
export type ProblemSummary = z.infer<typeof problemSummary>;

export const problemLanguage = z
  .object({
    id: z.number().int().meta({ description: "Judge0's language id." }),
    name: z.string().meta({ description: 'As learners call it: Python, C++.' }),
    version: z.string().nullable().meta({ description: 'As the judge reports it: Python (3.11.2).' }),
    available: z.boolean().meta({ description: 'False when the judge does not have it installed.' }),
    editorMode: z.enum(['python', 'c', 'cpp', 'java', 'javascript', 'shell', 'text']),
    starterCode: z.string(),
    timeLimitMs: z.number().int().meta({ description: 'The limit for programs in this language.' }),
  })
  .meta({ id: 'ProblemLanguage' });
export type ProblemLanguage = z.infer<typeof problemLanguage>;

export const problemDetail = z
  .object({
    slug: z.string(),
    title: z.string(),
    statement: z.string().meta({ description: 'Markdown.' }),
    difficulty,
    points: z.number().int(),
    timeLimitMs: z.number().int(),
    memoryLimitKb: z.number().int(),
    maxSourceBytes: z.number().int(),
    judge: z.enum(['ready', 'disabled']),
    languages: z.array(problemLanguage),
    samples: z.array(z.object({ index: z.number().int(), input: z.string(), expected: z.string() })),
    course: z.object({ slug: z.string(), title: z.string() }),
    lesson: z.object({ slug: z.string(), title: z.string() }).nullable(),
    state: problemState,
    bestScore: z.number().int(),
    siblings: z.array(problemSummary).meta({ description: 'The problems of the same lesson, in order.' }),
  })
  .meta({ id: 'ProblemDetail' });
export type ProblemDetail = z.infer<typeof problemDetail>;
