import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import {
  startEngine,
  startSupabase,
  type TestEngine,
  type TestSupabase,
} from '../../../../../ops/embedded/test-stack.js';
import type * as AppModule from '../../../../test/running-app.js';
import type * as WorldModule from '../../../../test/world.js';
import type { SubmissionDetail } from '../schema.js';

// A database and an engine of their own: what others run would change who waits for whom.
let supabase: TestSupabase;
let engine: TestEngine;
let fixtures: typeof WorldModule;
let world: WorldModule.World;
let app: Express;
let grader: ReturnType<typeof AppModule.createTestGrader>;

const sleeping = 'import time\nwhile True:\n    time.sleep(1)\n';
const tests = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    stdin: `${at}\n`,
    expected_output: `${at}\n`,
    sample: at === 0,
  }));

const as = ({ accessToken }: WorldModule.Person) => ({ Authorization: `Bearer ${accessToken}` });

const submit = async (person: WorldModule.Person, problemSlug: string, sourceCode = sleeping) => {
  const body = { problemSlug, languageId: 71, sourceCode };
  const answer = await request(app).post('/api/submissions').set(as(person)).send(body).expect(202);
  return (answer.body as { id: string }).id;
};

const read = async (id: string, person = world.learner): Promise<SubmissionDetail> =>
  (await request(app).get(`/api/submissions/${id}`).set(as(person)).expect(200)).body as SubmissionDetail;

const stop = (id: string, person = world.learner) =>
  request(app).post(`/api/submissions/${id}/stop`).set(as(person));

const isOver = ({ status }: SubmissionDetail) => !['queued', 'running'].includes(status);

const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  const end = Date.now() + 120_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > end) throw new Error('waited too long');
    await sleep(100);
  }
};

const over = (id: string): Promise<SubmissionDetail> =>
  until(async () => {
    const submission = await read(id);
    return isOver(submission) ? submission : undefined;
  });

const newLearner = async (): Promise<WorldModule.Person> => {
  const person = await fixtures.createPerson(world.organization.id, 'student');
  await fixtures.enrol(world.course, person);
  return person;
};

let position = 1;
const newProblem = async (count: number, change: object = {}) => {
  const problem = await fixtures.createProblem(world.course, { tests: tests(count), position: position++ });
  await fixtures.supabase.service.from('problems').update(change).eq('id', problem.id);
  return problem.slug;
};

/** Programs that the engine has now, waiting or running. */
const atEngine = async (): Promise<number> => {
  const answer = await fetch(`${engine.url}/workers`, { headers: { 'X-Auth-Token': engine.token } });
  const [queue] = (await answer.json()) as [{ size: number; working: number }];
  return queue.size + queue.working;
};

beforeAll(async () => {
  [supabase, engine] = await Promise.all([startSupabase(), startEngine()]);
  process.env['TEST_SUPABASE_URL'] = supabase.url;
  process.env['TEST_SUPABASE_ANON_KEY'] = supabase.anonKey;
  process.env['TEST_SUPABASE_SERVICE_ROLE_KEY'] = supabase.serviceRoleKey;
  process.env['TEST_SUPABASE_JWT_SECRET'] = supabase.jwtSecret;
  process.env['TEST_ENGINE_URL'] = engine.url;
  process.env['TEST_ENGINE_TOKEN'] = engine.token;
  fixtures = await import('../../../../test/world.js');
  const running = await import('../../../../test/running-app.js');
  world = await fixtures.createWorld();
  app = running.createTestApp();
  grader = running.createTestGrader();
  grader.start();
}, 180_000);

afterAll(async () => {
  await grader.stop();
  await Promise.all([supabase.stop(), engine.stop()]);
}, 180_000);

describe('a program that is too slow', () => {
  test('keeps nobody from a run: it is answered before the first of four sleeping submissions ends', async () => {
    const slug = await newProblem(10);
    const learners = [await newLearner(), await newLearner(), await newLearner(), await newLearner()];
    const ids = await Promise.all(learners.map((learner) => submit(learner, slug)));
    await until(async () => ((await atEngine()) >= 8 ? true : undefined));
    const began = performance.now();
    const body = { problemSlug: slug, languageId: 71, sourceCode: 'print(input())\n' };
    const answer = await request(app).post('/api/runs').set(as(world.learner)).send(body).expect(200);
    const seconds = (performance.now() - began) / 1000;
    const statuses = await Promise.all(ids.map((id, at) => read(id, learners[at])));
    process.stdout.write(`a run beside four sleeping submissions: ${seconds.toFixed(2)} s\n`);
    expect(answer.body).toMatchObject({ cases: [{ status: 'accepted' }] });
    expect(statuses.filter(isOver)).toEqual([]);
    await Promise.all(ids.map((id, at) => stop(id, learners[at]).expect(200)));
  }, 300_000);

  test('has the tests after its second time limit not run', async () => {
    const id = await submit(world.learner, await newProblem(10, { wait_limit_ms: 1000 }));
    const { results, ...submission } = await over(id);
    expect(submission).toMatchObject({ status: 'finished', verdict: 'time_limit', score: 0, testsPassed: 0 });
    const expected = ['time_limit', 'time_limit', ...Array.from({ length: 8 }, () => 'not_run')];
    expect(results.map(({ status }) => status)).toEqual(expected);
    await until(async () => ((await atEngine()) === 0 ? true : undefined));
  }, 300_000);

  test('keeps what it got right before, and the same tests are not run each time', async () => {
    const source = 'import time\nn = int(input())\nif n in (1, 4): time.sleep(60)\nprint(n)\n';
    const slug = await newProblem(8, { wait_limit_ms: 1000 });
    const runs = [await over(await submit(world.learner, slug, source))];
    runs.push(await over(await submit(world.learner, slug, source)));
    for (const { results, testsPassed } of runs) {
      expect(results.map(({ status }) => status)).toEqual([
        ...['accepted', 'time_limit', 'accepted', 'accepted', 'time_limit'],
        ...['not_run', 'not_run', 'not_run'],
      ]);
      expect(testsPassed).toBe(3);
    }
  }, 300_000);

  test('has all its tests run where the author says so', async () => {
    const slug = await newProblem(4, { wait_limit_ms: 1000, stop_after_time_limits: null });
    const { results } = await over(await submit(world.learner, slug));
    expect(results.map(({ status }) => status)).toEqual([
      'time_limit',
      'time_limit',
      'time_limit',
      'time_limit',
    ]);
  }, 300_000);
});

describe('Stop', () => {
  const untilRunning = (id: string) =>
    until(async () => ((await read(id)).status === 'running' && (await atEngine()) > 0) || undefined);

  test('ends what runs, here and at the engine, and no verdict comes later', async () => {
    const id = await submit(world.learner, await newProblem(10, { wait_limit_ms: 20_000 }));
    await untilRunning(id);
    const answer = await stop(id).expect(200);
    expect(answer.body).toMatchObject({ status: 'stopped', verdict: null, finishedAt: expect.any(String) });
    // The programs would wait for twenty seconds each; who waits longer than they would has shown nothing.
    await until(async () => ((await atEngine()) === 0 ? true : undefined));
    const next = await over(await submit(world.learner, await newProblem(1), 'print(input())\n'));
    expect(next.verdict).toBe('accepted');
    expect(await read(id)).toMatchObject({ status: 'stopped', verdict: null });
  }, 300_000);

  test('ends what waits, and its live view is told', async () => {
    const id = await submit(world.learner, await newProblem(1));
    const later = { not_before: '2099-01-01' };
    await fixtures.supabase.service.from('submissions').update(later).eq('id', id).eq('status', 'queued');
    await stop(id).expect(200);
    const events = await request(app).get(`/api/submissions/${id}/events`).set(as(world.learner));
    expect(events.text).toContain('event: finished');
    expect(events.text).toContain('"status":"stopped"');
  }, 300_000);

  test('leaves a verdict as it is', async () => {
    const finished = await over(await submit(world.learner, await newProblem(1), 'print(input())\n'));
    expect((await stop(finished.id).expect(200)).body).toEqual(finished);
  }, 300_000);

  test('is for the author and the staff of the course', async () => {
    const id = await submit(world.learner, await newProblem(1, { wait_limit_ms: 20_000 }));
    await stop(id, await newLearner()).expect(404);
    expect(isOver(await read(id))).toBe(false);
    await stop(id, world.instructor).expect(200);
    expect((await read(id)).status).toBe('stopped');
  }, 300_000);
});
