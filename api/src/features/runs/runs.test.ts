import { beforeAll, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { createLogLines } from '../../../test/log-lines.js';
import { acceptedRow, base64, startOfficialJudge } from '../../../test/official-judge.js';
import { as, requestsBy } from '../../../test/requests.js';
import { createTestApp } from '../../../test/running-app.js';
import { startSmallServer } from '../../../test/small-server.js';
import { waitUntil } from '../../../test/wait-until.js';
import { createPerson, createProblem, createWorld, supabase, type World } from '../../../test/world.js';
import { createJudgeClient } from '../../judge/client.js';
import type { RunResult } from './schema.js';

const app = createTestApp();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});

const send = (change: object = {}, on = app, person = world.learner) =>
  requestsBy(on, person).post('/api/runs', {
    problemSlug: world.problem.slug,
    languageId: 71,
    sourceCode: 'a, b = map(int, input().split())\nprint(a + b)\n',
    ...change,
  });
const run = async (change: object = {}, on = app): Promise<RunResult> =>
  (await send(change, on).expect(200)).body as RunResult;

describe('a run', () => {
  test('of a right program passes every sample, in order, and shows no hidden test', async () => {
    const answer = await run();
    expect(answer).toEqual({
      compileOutput: null,
      limits: expect.any(Object),
      cases: [
        {
          index: 0,
          status: 'accepted',
          timeMs: expect.any(Number),
          memoryKb: expect.any(Number),
          input: '1 2\n',
          expected: '3\n',
          stdout: '3\n',
          stderr: '',
          message: null,
        },
        expect.objectContaining({ index: 1, status: 'accepted', input: '10 5\n' }),
      ],
    });
  });

  test('of a wrong program shows what it printed', async () => {
    const { cases } = await run({ sourceCode: 'print(3)' });
    expect(cases).toMatchObject([
      { status: 'accepted' },
      { status: 'wrong_answer', stdout: '3\n', expected: '15\n' },
    ]);
  });

  test('on own input has nothing to compare with', async () => {
    const { cases } = await run({ sourceCode: 'print(input()[::-1])', stdin: 'äöü🎓\n' });
    expect(cases).toMatchObject([
      { index: 0, status: 'finished', input: 'äöü🎓\n', expected: null, stdout: '🎓üöä\n' },
    ]);
  });

  test('on an own input that is empty is no run on the samples', async () => {
    const { cases } = await run({ sourceCode: 'import sys\nprint(len(sys.stdin.read()))', stdin: '' });
    expect(cases).toMatchObject([{ status: 'finished', stdout: '0\n' }]);
  });

  test('that stops with an error says which', async () => {
    const { cases } = await run({ sourceCode: 'print(1 // 0)' });
    expect(cases).toMatchObject([{ status: 'runtime_error' }, { status: 'runtime_error' }]);
    expect(cases[0]?.stderr).toContain('ZeroDivisionError');
  });

  test('that does not compile has no cases but what the compiler said', async () => {
    const answer = await run({ languageId: 50, sourceCode: 'int main() { return x; }' });
    expect(answer).toEqual({
      compileOutput: expect.stringContaining('undeclared'),
      help: expect.any(Object),
      limits: expect.any(Object),
      cases: [],
    });
  });

  test('that does not end is ended', async () => {
    const { slug } = await createProblem(world.course, { position: 50 });
    await supabase.service.from('problems').update({ time_limit_ms: 100 }).eq('slug', slug);
    const { cases } = await run({ problemSlug: slug, sourceCode: 'while True: pass', stdin: '' });
    expect(cases).toMatchObject([{ status: 'time_limit' }]);
  });

  test('stores nothing', async () => {
    await run();
    const { data } = await supabase.service.from('submissions').select('id').eq('user_id', world.learner.id);
    expect(data).toEqual([]);
  });

  test('of a problem whose samples are not its first tests names them by their places', async () => {
    const { slug } = await createProblem(world.course, {
      position: 51,
      tests: [
        { stdin: 'hidden', expected_output: 'hidden' },
        { stdin: 'shown', expected_output: 'shown', sample: true },
      ],
    });
    const { cases } = await run({ problemSlug: slug, sourceCode: 'print(input())' });
    expect(cases).toMatchObject([{ index: 1, status: 'accepted', input: 'shown' }]);
  });

  test('of a problem without samples is a run on no input', async () => {
    const { slug } = await createProblem(world.course, { position: 52, tests: [] });
    const { cases } = await run({ problemSlug: slug, sourceCode: 'print("Hello")' });
    expect(cases).toMatchObject([{ index: 0, status: 'finished', input: '', stdout: 'Hello\n' }]);
    const submitted = await requestsBy(app, world.learner).post('/api/submissions', {
      problemSlug: slug,
      languageId: 71,
      sourceCode: 'print("Hello")',
    });
    expect(submitted.body).toMatchObject({ status: 422, code: 'no_tests' });
  });
});

describe('what is refused', () => {
  test.each([
    ['an unknown problem', { problemSlug: 'no-such-problem' }, 404, 'not_found'],
    ['a language that the problem does not allow', { languageId: 62 }, 422, 'language_not_allowed'],
    ['a source over 64 KiB', { sourceCode: 'x'.repeat(65_537) }, 413, 'source_too_large'],
    ['an input over 64 KiB, counted in bytes', { stdin: 'ü'.repeat(32_769) }, 422, 'invalid_request'],
    ['an empty source', { sourceCode: '\n' }, 422, 'invalid_request'],
  ])('%s', async (_what, change, status, code) => {
    expect((await send(change)).body).toMatchObject({ status, code });
  });

  test('a run by somebody who is not enrolled', async () => {
    const stranger = await createPerson(world.organization.id, 'student');
    expect((await send({}, app, stranger)).body).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('any run on a server without a judge', async () => {
    const answer = await send({}, createTestApp({ judge: null }));
    expect(answer.body).toMatchObject({ status: 503, code: 'judge_disabled' });
  });
});

describe('when the judge', () => {
  const appWith = (url: string, logger = createLogLines().logger) =>
    createTestApp({ judge: createJudgeClient({ url, key: undefined }), logger });

  test('is away, the answer is 503 and says when to try again', async () => {
    const answer = await send({}, appWith('http://127.0.0.1:9'));
    expect(answer.body).toMatchObject({
      status: 503,
      code: 'judge_unavailable',
      detail: 'The judges are busy. Try again in a few seconds.',
    });
    expect(answer.headers['retry-after']).toBe('5');
  });

  test('fails itself, the program is not blamed', async () => {
    const judge = await startOfficialJudge();
    judge.finish = () => ({ ...acceptedRow, status_id: 13, message: base64('No such file: /box/script.py') });
    const answer = await send({}, appWith(judge.url));
    expect(answer.body).toMatchObject({ status: 503, code: 'judge_unavailable' });
    expect(answer.text).not.toContain('/box/');
    await judge.stop();
  });

  test('hands out a megabyte, it is clipped', async () => {
    const judge = await startOfficialJudge();
    judge.finish = () => ({ ...acceptedRow, stdout: base64('x'.repeat(1024 * 1024)) });
    const { cases } = await run({}, appWith(judge.url));
    expect(cases[0]?.stdout).toMatch(/^x{60000,65536}\n… \(clipped\)$/);
    await judge.stop();
  });

  test('is still at work when the client leaves, it is asked no more and nothing is an error', async () => {
    const judge = await startOfficialJudge();
    judge.pollsUntilDone = Infinity;
    const log = createLogLines();
    const server = await startSmallServer(appWith(judge.url, log.logger));
    const leaving = httpRequest(`${server.url}/api/runs`, {
      method: 'POST',
      headers: { ...as(world.learner), 'Content-Type': 'application/json' },
    });
    leaving.on('error', () => undefined);
    leaving.end(JSON.stringify({ problemSlug: world.problem.slug, languageId: 71, sourceCode: 'x' }));
    const polls = () =>
      judge.requests.filter(({ method, path }) => method === 'GET' && path.includes('batch'));
    await waitUntil(() => polls().length > 0);
    leaving.destroy();
    await waitUntil(() => log.lines().some(({ msg }) => msg === 'the client left'));
    expect(log.errors()).toEqual([]);
    await server.stop();
    await judge.stop();
  });
});
