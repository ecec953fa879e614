import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { submitProgram } from '../../../test/judged-submission.js';
import { createTestApp, createTestGrader } from '../../../test/running-app.js';
import { startSmallServer } from '../../../test/small-server.js';
import {
  createPerson,
  createProblem,
  createWorld,
  enrol,
  supabase,
  type Person,
  type World,
} from '../../../test/world.js';
import type { SubmissionDetail, SubmissionList } from './schema.js';

const app = createTestApp();
const grader = createTestGrader();
const sum = 'a, b = map(int, input().split())\nprint(a + b)\n';
const absolute = 'a, b = map(int, input().split())\nprint(abs(a) + abs(b))\n';
let world: World;

const as = (person: Person) => ({ Authorization: `Bearer ${person.accessToken}` });

const submit = async (sourceCode: string, person = world.learner, languageId = 71): Promise<string> => {
  const answer = await request(app)
    .post('/api/submissions')
    .set(as(person))
    .send({ problemSlug: world.problem.slug, languageId, sourceCode });
  expect(answer.body).toEqual({ id: expect.any(String), status: 'queued' });
  expect(answer.status).toBe(202);
  return (answer.body as { id: string }).id;
};

const read = async (id: string, person = world.learner): Promise<SubmissionDetail> => {
  const answer = await request(app).get(`/api/submissions/${id}`).set(as(person)).expect(200);
  return answer.body as SubmissionDetail;
};

const events = async (id: string): Promise<{ event: string; data: Record<string, unknown> }[]> => {
  const answer = await request(app).get(`/api/submissions/${id}/events`).set(as(world.learner)).expect(200);
  expect(answer.headers['content-type']).toContain('text/event-stream');
  return [...answer.text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, event, data]) => ({
    event: event ?? '',
    data: JSON.parse(data ?? '{}') as Record<string, unknown>,
  }));
};

beforeAll(async () => {
  world = await createWorld();
  grader.start();
});

afterAll(() => grader.stop());

describe('a submission', () => {
  test('that is right is accepted on every test and scores in full', async () => {
    const id = await submit(sum);
    const told = await events(id);
    const submission = await read(id);
    expect(submission).toMatchObject({
      status: 'finished',
      verdict: 'accepted',
      score: 10,
      maxScore: 10,
      testsPassed: 4,
      testsTotal: 4,
      sourceCode: sum,
    });
    expect(submission.results.map(({ status }) => status)).toEqual(Array(4).fill('accepted'));
    expect(told.filter(({ event }) => event === 'test').map(({ data }) => data['index'])).toEqual(
      expect.arrayContaining([0, 1, 2, 3]),
    );
    expect(told.at(-1)).toMatchObject({ event: 'finished', data: { verdict: 'accepted' } });
  });

  test('that is wrong on a hidden test says so with the hint and without the data', async () => {
    const id = await submit(absolute);
    const told = await events(id);
    const submission = await read(id);
    expect(submission).toMatchObject({ verdict: 'wrong_answer', testsPassed: 3, score: 7 });
    const hidden = submission.results[2];
    expect(hidden).toEqual({
      index: 2,
      status: 'wrong_answer',
      timeMs: expect.any(Number),
      memoryKb: expect.any(Number),
      sample: false,
      points: 1,
      hint: 'Have you tried negative numbers?',
    });
    expect(submission.results[0]).toMatchObject({
      sample: true,
      input: '1 2\n',
      expected: '3\n',
      stdout: '3\n',
    });
    expect(JSON.stringify([told, submission])).not.toContain('104729');
  });

  test('that prints its input does not show the input of a hidden test to its author, but to the instructor', async () => {
    const id = await submit(
      'import sys\ntext = sys.stdin.read()\nprint(text)\nprint(text, file=sys.stderr)\n',
    );
    await events(id);
    expect(JSON.stringify(await read(id))).not.toContain('104729');
    const list = await request(app).get('/api/submissions').set(as(world.learner)).expect(200);
    expect(JSON.stringify(list.body)).not.toContain('104729');
    expect(JSON.stringify(await read(id, world.instructor))).toContain('104729');
    const [, , third] = (await read(id, world.instructor)).results;
    expect(third).toMatchObject({ sample: false, input: '-4 4\n', expected: '0\n' });
    const [, , own] = (await read(id)).results;
    expect(own).not.toHaveProperty('input');
    expect(own).not.toHaveProperty('expected');
  });

  test('that does not compile has no test results but what the compiler said', async () => {
    const id = await submit('int main() { return x; }', world.learner, 50);
    await events(id);
    const submission = await read(id);
    expect(submission).toMatchObject({ verdict: 'compile_error', score: 0, testsPassed: 0, results: [] });
    expect(submission.compileOutput).toContain('undeclared');
  });

  test('can be read by its author and the staff of its course, and by nobody else', async () => {
    const id = await submit(sum);
    const stranger = await createPerson(world.organization.id, 'student');
    await request(app).get(`/api/submissions/${id}`).set(as(stranger)).expect(404);
    await request(app).get(`/api/submissions/${id}/events`).set(as(stranger)).expect(404);
    await request(app).get(`/api/submissions/${id}`).set(as(world.admin)).expect(200);
    await request(app).get(`/api/submissions/${id}`).expect(401);
    await request(app).get('/api/submissions/not-an-id').set(as(world.learner)).expect(404);
  });
});

describe('what is refused', () => {
  test.each([
    ['an unknown problem', { problemSlug: 'no-such-problem' }, 404, 'not_found'],
    ['a language that the problem does not allow', { languageId: 62 }, 422, 'language_not_allowed'],
    ['a source over 64 KiB', { sourceCode: `#${'x'.repeat(65536)}` }, 413, 'source_too_large'],
    ['64 KiB counted in bytes', { sourceCode: `#${'ü'.repeat(33000)}` }, 413, 'source_too_large'],
    ['an empty source', { sourceCode: ' \n' }, 422, 'invalid_request'],
    ['a missing field', { languageId: undefined }, 422, 'invalid_request'],
  ])('%s', async (_what, change, status, code) => {
    const body = { problemSlug: world.problem.slug, languageId: 71, sourceCode: sum, ...change };
    const answer = await request(app).post('/api/submissions').set(as(world.learner)).send(body);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, code, requestId: expect.any(String) });
    expect(answer.status).toBe(status);
  });

  test('a submission by somebody who is not enrolled', async () => {
    const stranger = await createPerson(world.organization.id, 'student');
    const answer = await request(app)
      .post('/api/submissions')
      .set(as(stranger))
      .send({ problemSlug: world.problem.slug, languageId: 71, sourceCode: sum });
    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('any submission while the server has no judge', async () => {
    const answer = await request(createTestApp({ judge: null }))
      .post('/api/submissions')
      .set(as(world.learner))
      .send({ problemSlug: world.problem.slug, languageId: 71, sourceCode: sum });
    expect(answer.body).toMatchObject({ status: 503, code: 'judge_disabled' });
  });
});

test('the list is the own submissions, newest first, in pages', async () => {
  const newest = await submit(sum);
  const page = async (query: string): Promise<SubmissionList> =>
    (await request(app).get(`/api/submissions?${query}`).set(as(world.learner)).expect(200))
      .body as SubmissionList;
  const first = await page(`problemSlug=${world.problem.slug}&limit=2`);
  expect(first.submissions.map(({ id }) => id)[0]).toBe(newest);
  expect(first.submissions).toHaveLength(2);
  const second = await page(`limit=2&before=${first.nextBefore}`);
  const ids = [...first.submissions, ...second.submissions].map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
  expect((await page('problemSlug=another')).submissions).toEqual([]);
});

test('the pages of the list leave nothing out, also of submissions stored in one millisecond', async () => {
  const person = await createPerson(world.organization.id, 'student');
  await enrol(world.course, person);
  const row = { problem_id: world.problem.id, language_id: 71, source_code: sum };
  const at = (created_at: string) => ({ ...row, user_id: person.id, created_at, not_before: '2099-01-01' });
  const moments = ['2026-01-01T10:00:00.001Z', '2026-01-01T10:00:00.001Z', '2026-01-01T10:00:00.001Z'];
  const { data: stored, error } = await supabase.service
    .from('submissions')
    .insert([...moments, '2026-01-01T10:00:00.002Z', '2025-12-31T10:00:00Z'].map(at))
    .select('id');
  expect(error).toBeNull();
  const seen: string[] = [];
  let before: string | null = '';
  while (before !== null) {
    const query = `limit=2${before && `&before=${encodeURIComponent(before)}`}`;
    const answer = await request(app).get(`/api/submissions?${query}`).set(as(person)).expect(200);
    const list = answer.body as SubmissionList;
    seen.push(...list.submissions.map(({ id }) => id));
    before = list.nextBefore;
  }
  expect(seen).toHaveLength(5);
  expect([...seen].sort()).toEqual(stored?.map(({ id }) => id as string).sort());
});

test.each(['limit=0', 'limit=101', 'limit=x', 'before=yesterday', 'before=2026-01-01', 'limit=1&limit=2'])(
  'a list asked for by ?%s is refused',
  async (query) => {
    const answer = await request(app).get(`/api/submissions?${query}`).set(as(world.learner));
    expect(answer.body).toMatchObject({ status: 422, code: 'invalid_request' });
  },
);

test('the live view of a submission that is deleted ends', async () => {
  const { slug, id: problemId } = await createProblem(world.course, { position: 9 });
  const id = await submitProgram(world.learner.client, problemId, sum);
  await supabase.service.from('submissions').update({ not_before: '2099-01-01' }).eq('id', id);
  const server = await startSmallServer(app);
  const stream = await fetch(`${server.url}/api/submissions/${id}/events`, {
    headers: as(world.learner),
  });
  await supabase.service.from('problems').delete().eq('slug', slug);
  expect(await stream.text()).not.toContain('event: finished');
  await server.stop();
});
