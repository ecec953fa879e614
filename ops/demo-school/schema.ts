import { z } from 'zod';

/** The languages a problem may allow, by Judge0 id, with the file names they have in a problem's folder. */
export const languages = {
  71: { starter: 'main.py', extension: '.py' },
  50: { starter: 'main.c', extension: '.c' },
  54: { starter: 'main.cpp', extension: '.cpp' },
  62: { starter: 'Main.java', extension: '.java' },
  63: { starter: 'main.js', extension: '.js' },
  46: { starter: 'main.sh', extension: '.sh' },
} as const;

export type LanguageId = keyof typeof languages;

/** Every problem is open to these, so that a learner keeps one language through the course. */
export const requiredLanguageIds: readonly LanguageId[] = [71, 50, 54, 62, 63];

/** Every problem is solved by us in these. */
export const referenceLanguageIds: readonly LanguageId[] = [71, 54, 62, 63];

const wrongVerdicts = [
  'wrong_answer',
  'time_limit',
  'runtime_error',
  'compile_error',
  'memory_limit',
  'output_limit',
] as const;

const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const title = z.string().trim().min(1).max(120);
const languageId = z.literal([71, 50, 54, 62, 63, 46], 'is not the id of a language we teach');

export const schoolSchema = z.strictObject({
  organization: z.strictObject({ slug, name: title }),
  accounts: z
    .array(
      z.strictObject({
        role: z.enum(['student', 'instructor', 'admin']),
        email: z.email(),
        fullName: title,
      }),
    )
    .min(1),
});

export const courseSchema = z.strictObject({
  slug,
  title,
  summary: z.string().trim().min(1).max(500),
  enrolmentCode: z.string().regex(/^[A-Z0-9-]{8,12}$/, 'must be 8 to 12 capital letters, digits or hyphens'),
  lessons: z.array(z.strictObject({ slug, title, problems: z.array(slug) })).min(1),
});

export const problemSchema = z.strictObject({
  title,
  difficulty: z.enum(['easy', 'medium', 'hard']),
  points: z.int().min(1).max(1000),
  timeLimitMs: z.int().min(100).max(15_000),
  memoryLimitKb: z.int().min(16_000).max(512_000),
  /** After so many tests past the time limit the others are not run; null: all are run. */
  stopAfterTimeLimits: z.int().min(1).max(1000).nullable().default(2),
  /** A program that only waits ends after this time; null: twice the time limit, at least three seconds. */
  waitLimitMs: z.int().min(1000).max(20_000).nullable().default(null),
  languages: z.array(languageId),
});

const testSchema = z
  .strictObject({
    sample: z.boolean(),
    stdin: z.string(),
    expected: z.string(),
    points: z.int().min(0),
    hint: z.string().trim().min(1).max(200).optional(),
  })
  .refine((test) => test.sample || test.points > 0, { path: ['points'], error: 'a hidden test needs points' })
  .refine((test) => !(test.sample && test.hint), {
    path: ['hint'],
    error: 'a sample shows its data and needs no hint',
  });

export const testsSchema = z
  .array(testSchema)
  .refine((tests) => tests.filter((test) => test.sample).length >= 2, 'needs at least 2 samples')
  .refine((tests) => tests.filter((test) => !test.sample).length >= 4, 'needs at least 4 hidden tests');

export const solutionsSchema = z.strictObject({
  wrong: z
    .array(
      z.strictObject({
        file: z.string().regex(/^wrong-[a-z0-9-]+\.[a-z]+$/, 'must be named wrong-<why>.<extension>'),
        languageId,
        verdict: z.enum(wrongVerdicts),
        why: z.string().trim().min(1),
      }),
    )
    .min(2),
});

type ProblemSettings = z.infer<typeof problemSchema>;
type WrongSolution = z.infer<typeof solutionsSchema>['wrong'][number];

export type DemoTest = z.infer<typeof testSchema>;

export interface DemoLesson {
  slug: string;
  title: string;
  /** From 1, in the order of the course. */
  position: number;
  /** Markdown, without the title. */
  body: string;
}

export interface DemoProblem extends Omit<ProblemSettings, 'languages'> {
  slug: string;
  /** Markdown, without the title and the samples. */
  statement: string;
  languageIds: LanguageId[];
  /** Keyed by language id. */
  starterCode: Record<string, string>;
  lessonSlug: string;
  /** From 1, within its lesson. */
  position: number;
  tests: DemoTest[];
  references: { languageId: LanguageId; source: string }[];
  wrong: (WrongSolution & { source: string })[];
}

export interface DemoCourse {
  slug: string;
  title: string;
  summary: string;
  enrolmentCode: string;
  lessons: DemoLesson[];
  /** In the order of the course: by lesson, then by position. */
  problems: DemoProblem[];
}

export interface DemoSchool extends z.infer<typeof schoolSchema> {
  courses: DemoCourse[];
}
