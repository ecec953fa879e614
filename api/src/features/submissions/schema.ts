import { z } from 'zod';
import { slug } from '../problems/schema.js';

export const maxSourceBytes = 65536;

/**
 * A source as it is kept and judged, whatever sent it: without a byte order mark at its start and without NUL, which no
 * editor shows and no language takes, and with line feeds only, as a browser's form sends other line ends than a script.
 * All else can be meant, in a text of the program, and stays.
 */
export const normalizedSource = (text: string): string =>
  text
    .replace(/^\ufeff+/, '')
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n');

/** A source text of any length up to the limit, normalized. */
export const sourceText = z
  .string()
  .overwrite(normalizedSource)
  .refine((text) => new TextEncoder().encode(text).length <= maxSourceBytes, {
    error: `The program is larger than ${maxSourceBytes / 1024} KiB.`,
    params: { code: 'source_too_large' },
  });

export const sourceCode = sourceText.refine((text) => text.trim() !== '', {
  error: 'Write some code first.',
});

/** What one test said about the program. The verdict of a submission is that of its first test not accepted. */
export const verdict = z
  .enum([
    'accepted',
    'wrong_answer',
    'time_limit',
    'memory_limit',
    'output_limit',
    'runtime_error',
    'compile_error',
  ])
  .meta({ id: 'Verdict' });
export type Verdict = z.infer<typeof verdict>;

/** not_run: the program was too slow before, so that this test would only have kept others waiting. */
export const testStatus = z.enum([...verdict.options, 'not_run']).meta({ id: 'TestStatus' });
export type TestStatus = z.infer<typeof testStatus>;

export const submissionRequest = z
  .object({ problemSlug: slug, languageId: z.number().int(), sourceCode })
  .meta({ id: 'SubmissionRequest' });
export type SubmissionRequest = z.infer<typeof submissionRequest>;

export const submissionQueued = z
  .object({ id: z.guid(), status: z.literal('queued') })
  .meta({ id: 'SubmissionQueued' });

/**
 * judge_failed: our judge gave up after its attempts; it says nothing about the program. stopped: its author or the staff
 * of the course ended it before it had a verdict.
 */
export const submissionStatus = z
  .enum(['queued', 'running', 'finished', 'judge_failed', 'stopped'])
  .meta({ id: 'SubmissionStatus' });
export type SubmissionStatus = z.infer<typeof submissionStatus>;

export const codePlace = z
  .object({
    line: z.number().int().meta({ description: 'From 1.' }),
    column: z.number().int().nullable().meta({ description: 'From 1; null when only the line is known.' }),
    message: z.string(),
  })
  .meta({ id: 'CodePlace' });
export type CodePlace = z.infer<typeof codePlace>;

/** What an error of a compiler or a runtime means, and where in the program it is. */
export const errorHelp = z
  .object({
    explanation: z.string().nullable().meta({ description: 'In plain words; null for an error not known.' }),
    places: z.array(codePlace),
  })
  .meta({ id: 'ErrorHelp' });
export type ErrorHelp = z.infer<typeof errorHelp>;

export const appliedLimits = z
  .object({
    timeMs: z.number().int().meta({ description: 'Computing time, as this language has it.' }),
    wallMs: z.number().int().meta({ description: 'By the clock, for a program that waits.' }),
    memoryKb: z.number().int(),
  })
  .meta({ id: 'AppliedLimits' });
export type AppliedLimits = z.infer<typeof appliedLimits>;

/**
 * Texts are clipped to 64 KiB each. Of a hidden test learners get no text but the author's hint, and time and memory in
 * coarse steps (at most so much), since both can tell of its input; the staff of the course gets all.
 */
export const testResult = z
  .object({
    index: z.number().int().meta({ description: 'Position of the test, from 0.' }),
    status: testStatus,
    timeMs: z.number().int().nullable(),
    memoryKb: z.number().int().nullable(),
    sample: z.boolean(),
    points: z.number().int(),
    input: z.string().optional(),
    expected: z.string().optional(),
    stdout: z.string().optional(),
    stderr: z.string().optional(),
    message: z.string().optional(),
    help: errorHelp.optional(),
    hint: z.string().optional(),
  })
  .meta({ id: 'TestResult' });
export type TestResult = z.infer<typeof testResult>;

const submissionFields = {
  id: z.guid(),
  problemSlug: z.string(),
  problemTitle: z.string(),
  courseSlug: z.string(),
  languageId: z.number().int(),
  languageName: z.string(),
  status: submissionStatus,
  verdict: verdict.nullable(),
  score: z.number().int(),
  maxScore: z.number().int(),
  testsPassed: z.number().int(),
  testsTotal: z.number().int(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
};

export const submissionSummary = z.object(submissionFields).meta({ id: 'SubmissionSummary' });
export type SubmissionSummary = z.infer<typeof submissionSummary>;

export const submissionDetail = z
  .object({
    ...submissionFields,
    sourceCode: z.string(),
    authorName: z.string(),
    compileOutput: z.string().nullable(),
    help: errorHelp.optional().meta({ description: 'With the compiler’s refusal.' }),
    limits: appliedLimits.optional(),
    retryAt: z.iso.datetime().nullable().meta({
      description: 'Set while our judge failed and will try again at that time.',
    }),
    results: z.array(testResult),
  })
  .meta({ id: 'SubmissionDetail' });
export type SubmissionDetail = z.infer<typeof submissionDetail>;

/** createdAt and id of a submission: two can be stored in one millisecond. */
const submissionCursor = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const submissionQuery = z.object({
  problemSlug: slug.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  before: z
    .string()
    .regex(submissionCursor, { error: 'This is no nextBefore of an earlier page.' })
    .optional()
    .meta({ description: 'Only submissions older than these: nextBefore of the page before.' }),
});

export const submissionList = z
  .object({ submissions: z.array(submissionSummary), nextBefore: z.string().nullable() })
  .meta({ id: 'SubmissionList' });
export type SubmissionList = z.infer<typeof submissionList>;

/** What a submission came to: its verdict, or where one without a verdict is. */
export const submissionOutcome = z
  .enum([...verdict.options, 'queued', 'running', 'judge_failed', 'stopped'])
  .meta({ id: 'SubmissionOutcome' });
export type SubmissionOutcome = z.infer<typeof submissionOutcome>;

export const courseSubmissionParams = z.object({ slug });

export const courseSubmissionQuery = submissionQuery.extend({
  q: z.string().trim().max(200).default('').meta({ description: 'A part of the author’s name or email.' }),
  result: submissionOutcome.optional(),
});
export type CourseSubmissionQuery = z.infer<typeof courseSubmissionQuery>;

export const courseSubmission = submissionSummary
  .extend({
    author: z.object({ fullName: z.string(), email: z.string() }).nullable().meta({
      description: 'Null when its author is not a member of the course now.',
    }),
  })
  .meta({ id: 'CourseSubmission' });
export type CourseSubmission = z.infer<typeof courseSubmission>;

export const courseSubmissionList = z
  .object({ submissions: z.array(courseSubmission), nextBefore: z.string().nullable() })
  .meta({ id: 'CourseSubmissionList' });
export type CourseSubmissionList = z.infer<typeof courseSubmissionList>;

/**
 * Server-sent events of one submission, each with its name as `event` and this as JSON in `data`. After a lost
 * connection the stream starts over; a reader replaces a test by its index, so a repeated event does no harm.
 */
export const queuedEvent = z
  .object({
    position: z.number().int().nullable(),
    expectedSeconds: z.number().int().nullable(),
    retryAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'QueuedEvent' });
export const runningEvent = z.object({ testsTotal: z.number().int() }).meta({ id: 'RunningEvent' });
export const submissionEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('queued'), data: queuedEvent }),
  z.object({ event: z.literal('running'), data: runningEvent }),
  z.object({ event: z.literal('test'), data: testResult }),
  z.object({ event: z.literal('finished'), data: submissionDetail }),
]);
export type SubmissionEvent = z.infer<typeof submissionEvent>;
