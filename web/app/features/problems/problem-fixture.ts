import type { ProblemDetail, ProblemLanguage } from '@coding-platform/api/schema/problems';

/** A language of a problem, for tests. */
export const problemLanguage = (over: Partial<ProblemLanguage> = {}): ProblemLanguage => ({
  id: 71,
  name: 'Python',
  version: 'Python (3.11.2)',
  available: true,
  editorMode: 'python',
  starterCode: 'print()\n',
  timeLimitMs: 2000,
  ...over,
});

/** A problem that nobody has tried, for tests. */
export const problemDetail = (over: Partial<ProblemDetail> = {}): ProblemDetail => ({
  slug: 'sum-of-two',
  title: 'Sum of two',
  statement: 'Add them.',
  difficulty: 'easy',
  points: 10,
  timeLimitMs: 2000,
  memoryLimitKb: 131072,
  maxSourceBytes: 65536,
  judge: 'ready',
  languages: [
    problemLanguage(),
    problemLanguage({ id: 54, name: 'C++', editorMode: 'cpp', starterCode: '// C++\n' }),
  ],
  samples: [{ index: 0, input: '1 2\n', expected: '3\n' }],
  course: { slug: 'intro', title: 'Introduction' },
  lesson: { slug: 'numbers', title: 'Numbers' },
  state: 'none',
  bestScore: 0,
  siblings: [
    { slug: 'sum-of-two', title: 'Sum of two', difficulty: 'easy', points: 10, state: 'none', bestScore: 0 },
    { slug: 'product', title: 'Product', difficulty: 'easy', points: 10, state: 'none', bestScore: 0 },
  ],
  ...over,
});
