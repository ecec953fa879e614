import type { SubmissionDetail, TestResult } from '@coding-platform/api/schema/submissions';

/** A test's result, for tests. */
export const testResult = (over: Partial<TestResult> = {}): TestResult => ({
  index: 0,
  status: 'accepted',
  timeMs: 12,
  memoryKb: 3400,
  sample: true,
  points: 5,
  ...over,
});

/** A finished submission, for tests. */
export const judgedSubmission = (over: Partial<SubmissionDetail> = {}): SubmissionDetail => ({
  id: '7b1f9f2e-6d0a-4a44-9c39-0d4d5a2c9f11',
  problemSlug: 'sum-of-two',
  problemTitle: 'Sum of two',
  courseSlug: 'intro',
  languageId: 71,
  languageName: 'Python',
  status: 'finished',
  verdict: 'accepted',
  score: 10,
  maxScore: 10,
  testsPassed: 2,
  testsTotal: 2,
  createdAt: '2026-11-23T12:25:40.000Z',
  finishedAt: '2026-11-23T12:25:51.000Z',
  sourceCode: 'print(sum(map(int, input().split())))\n',
  authorName: 'Ada',
  compileOutput: null,
  retryAt: null,
  results: [testResult({ index: 0 }), testResult({ index: 1, sample: false })],
  ...over,
});
