import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { requestsBy } from '../../../test/requests.js';
import { createTestApp, createTestGrader } from '../../../test/running-app.js';
import { waitUntil } from '../../../test/wait-until.js';
import { createProblem, createWorld, type World } from '../../../test/world.js';
import type { SubmissionDetail } from './schema.js';

const app = createTestApp();
const grader = createTestGrader();
const secret = 'what only the hidden test holds';
let world: World;
let problemSlug: string;

beforeAll(async () => {
  world = await createWorld();
  ({ slug: problemSlug } = await createProblem(world.course, {
    position: 61,
    tests: [
      { stdin: 'shown', expected_output: 'shown', sample: true },
      { stdin: secret, expected_output: secret },
    ],
  }));
  grader.start();
});
afterAll(() => grader.stop());

const judged = async (sourceCode: string, languageId = 71): Promise<SubmissionDetail> => {
  const by = requestsBy(app, world.learner);
  const { body } = await by.post('/api/submissions', { problemSlug, languageId, sourceCode }).expect(202);
  const { id } = body as { id: string };
  let detail: SubmissionDetail | undefined;
  await waitUntil(
    async () => {
      detail = (await by.get(`/api/submissions/${id}`).expect(200)).body as SubmissionDetail;
      return detail.status === 'finished';
    },
    { patienceMs: 120_000, everyMs: 100 },
  );
  return detail as SubmissionDetail;
};

describe('a program that Python cannot read', () => {
  test('is a compile error, with the place and what it means', async () => {
    expect(await judged('print(input()\n')).toMatchObject({
      verdict: 'compile_error',
      score: 0,
      compileOutput: expect.stringMatching(/^ {2}File "script\.py", line 1\n/),
      help: { explanation: expect.stringContaining('never closed'), places: [{ line: 1, column: 6 }] },
    });
  });

  test('cannot be played to show the input of a hidden test', async () => {
    const source = [
      'import sys',
      'text = sys.stdin.read()',
      'if text:',
      '    sys.stderr.write(f\'  File "/box/script.py", line 1\\n    {text}\\n    ^\\nSyntaxError: {text}\\n\')',
      '    sys.exit(1)',
    ].join('\n');
    const detail = await judged(source);
    expect(detail).toMatchObject({ verdict: 'runtime_error', compileOutput: null });
    expect(JSON.stringify(detail)).not.toContain(secret);
  });
});

test('a failing test tells the limits and where the error is', async () => {
  const detail = await judged('text = input()\nprint(1 // 0)\n');
  expect(detail).toMatchObject({ verdict: 'runtime_error', limits: { timeMs: expect.any(Number) } });
  expect(detail.results[0]).toMatchObject({
    stderr: expect.not.stringContaining('/box/'),
    help: { explanation: expect.stringContaining('divides by zero'), places: [{ line: 2 }] },
  });
  expect(detail.results[1]).not.toHaveProperty('help');
});

test('a source is kept as it is judged: with line feeds and without what nobody sees', async () => {
  const detail = await judged('\ufeffprint(input())\r\n');
  expect(detail).toMatchObject({ verdict: 'accepted', sourceCode: 'print(input())\n' });
  const draft = `/api/drafts/${problemSlug}/71`;
  const by = requestsBy(app, world.learner);
  const saved = await by.put(draft, { sourceCode: '\ufeffa\r\nb', version: 0 }).expect(200);
  expect(saved.body).toMatchObject({ sourceCode: 'a\nb' });
});
