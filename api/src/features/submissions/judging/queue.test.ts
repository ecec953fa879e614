import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startSupabase, type TestSupabase } from '../../../../../ops/embedded/test-stack.js';
import type * as WorldModule from '../../../../test/world.js';
import type { Claim, JudgingRepository } from './repository.js';

// A database of its own: here the queue must hold nothing but what these tests put into it.
let servers: TestSupabase;
let fixtures: typeof WorldModule;
let world: WorldModule.World;
let queue: JudgingRepository;
let learners: string[];

interface Row {
  id: string;
  user_id: string;
  status: string;
  verdict: string | null;
  attempts: number;
  not_before: string;
}

const rowOf = async (id: string): Promise<Row> => {
  const { data, error } = await fixtures.supabase.service
    .from('submissions')
    .select('id, user_id, status, verdict, attempts, not_before')
    .eq('id', id)
    .single();
  if (error) throw error;
  return data;
};

const submit = async (problem: { id: string }, change: object = {}): Promise<string> => {
  const { data, error } = await fixtures.supabase.service
    .from('submissions')
    .insert({
      user_id: world.learner.id,
      problem_id: problem.id,
      language_id: 71,
      source_code: 'print(1)',
      ...change,
    })
    .select('id')
    .single();
  if (error) throw error;
  return data.id;
};

const newLearner = async (): Promise<string> =>
  (await fixtures.createPerson(world.organization.id, 'student')).id;

const secondCourse = async () => {
  const course = await fixtures.createCourse(world.organization.id, world.instructor.id);
  return fixtures.createProblem(course);
};

const finish = (claim: Claim, verdict: 'accepted' | 'wrong_answer' = 'accepted') =>
  queue.finish(claim.lease_token, { verdict, score: 0, passed: 0, compileOutput: null });

const only = async (limit = 10, leaseSeconds = 60): Promise<Claim> => {
  const claims = await queue.claim('worker', limit, leaseSeconds);
  expect(claims).toHaveLength(1);
  return claims[0] as Claim;
};

beforeAll(async () => {
  servers = await startSupabase();
  process.env['TEST_SUPABASE_URL'] = servers.url;
  process.env['TEST_SUPABASE_ANON_KEY'] = servers.anonKey;
  process.env['TEST_SUPABASE_SERVICE_ROLE_KEY'] = servers.serviceRoleKey;
  process.env['TEST_SUPABASE_JWT_SECRET'] = servers.jwtSecret;
  fixtures = await import('../../../../test/world.js');
  const { createJudgingRepository } = await import('./repository.js');
  queue = createJudgingRepository(fixtures.supabase.service);
  world = await fixtures.createWorld();
  learners = [await newLearner(), await newLearner(), await newLearner()];
});

afterAll(() => servers.stop());

beforeEach(async () => {
  const { error } = await fixtures.supabase.service.from('submissions').delete().neq('status', 'none');
  if (error) throw error;
});

describe('claiming', () => {
  test('gives each submission to one grader only, however many ask at once', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => submit(world.problem)));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => queue.claim(`worker-${at}`, 3, 60)),
    );
    const claimed = answers.flat().map(({ id }) => id);
    expect(claimed).toHaveLength(12);
    expect(new Set(claimed)).toEqual(new Set(ids));
  });

  test('lets courses take turns, so that a busy one does not keep another waiting', async () => {
    for (const user_id of learners) await submit(world.problem, { user_id });
    const other = await submit(await secondCourse());
    const claims = await queue.claim('worker', 2, 60);
    expect(claims.map(({ id }) => id)).toContain(other);
  });

  test('lets the learners of a course take turns, whoever sent more', async () => {
    const [first, second] = [await submit(world.problem), await submit(world.problem)];
    await submit(world.problem);
    const others = await Promise.all(
      learners.slice(0, 2).map((user_id) => submit(world.problem, { user_id })),
    );
    const claimed = await queue.claim('worker', 3, 60);
    expect(claimed.map(({ id }) => id).sort()).toEqual([first, ...others].sort());
    // What is being judged counts: who came last goes before the second of those who have one running.
    const late = await submit(world.problem, { user_id: learners[2] });
    expect((await queue.claim('worker', 1, 60)).map(({ id }) => id)).toEqual([late]);
    expect((await queue.claim('worker', 1, 60)).map(({ id }) => id)).toEqual([second]);
  });

  test('counts what a course has running already as its turns', async () => {
    for (const user_id of learners) await submit(world.problem, { user_id });
    await queue.claim('worker', 2, 60);
    const other = await secondCourse();
    const [first, second] = [await newLearner(), await newLearner()];
    for (const user_id of [first, second]) await submit(other, { user_id });
    const claims = await queue.claim('worker', 2, 60);
    const rows = await Promise.all(claims.map(({ id }) => rowOf(id)));
    expect(rows.map(({ user_id }) => user_id).sort()).toEqual([first, second].sort());
  });

  test('takes live work before rejudges that are older', async () => {
    await submit(world.problem, { priority: 10 });
    const live = await submit(world.problem);
    expect((await queue.claim('worker', 1, 60)).map(({ id }) => id)).toEqual([live]);
  });

  test('leaves a submission alone while its lease holds and takes it over when the lease has run out', async () => {
    const id = await submit(world.problem);
    const first = await only(1, 1);
    expect(await queue.claim('worker', 1, 60)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const second = await only();
    expect(second).toMatchObject({ id, attempts: 2 });
    expect(second.lease_token).not.toBe(first.lease_token);
  });

  test('a renewed lease does not run out', async () => {
    await submit(world.problem);
    const claim = await only(1, 1);
    await queue.renew([claim.lease_token], 60);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await queue.claim('worker', 1, 60)).toEqual([]);
  });
});

describe('a grader that lost its lease', () => {
  const result = {
    position: 0,
    status: 'accepted' as const,
    sample: true,
    points: 0,
    timeMs: 1,
    memoryKb: 1,
    hint: null,
    stdin: null,
    expected: null,
    stdout: 'mine',
    stderr: null,
    message: null,
  };

  test('can neither store results nor write a verdict nor give the submission back', async () => {
    const id = await submit(world.problem);
    const lost = await only(1, 1);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const held = await only();
    expect(await queue.record(lost.lease_token, [result])).toBe(false);
    expect(await finish(lost, 'wrong_answer')).toBe(false);
    expect(await queue.release(lost.lease_token, 'x', 0, true)).toBe(false);
    expect(await finish(held)).toBe(true);
    expect(await finish(held, 'wrong_answer')).toBe(false);
    expect(await rowOf(id)).toMatchObject({ status: 'finished', verdict: 'accepted' });
  });

  test('leaves what it stored before, and the next one is told that there are results', async () => {
    const id = await submit(world.problem);
    const lost = await only(1, 1);
    expect(lost.has_results).toBe(false);
    expect(await queue.record(lost.lease_token, [result])).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const held = await only();
    expect(held.has_results).toBe(true);
    expect(
      await queue.record(held.lease_token, [{ ...result, status: 'wrong_answer', stdout: 'other' }]),
    ).toBe(true);
    expect(await queue.selectResults(id)).toEqual([{ position: 0, status: 'accepted' }]);
  });
});

describe('figures of a hidden test', () => {
  const result = (position: number, sample: boolean, status: 'accepted' | 'time_limit' = 'accepted') => ({
    position,
    status,
    sample,
    points: 1,
    timeMs: 137,
    memoryKb: 9876,
    hint: null,
    stdin: null,
    expected: null,
    stdout: null,
    stderr: null,
    message: null,
  });

  test('are coarse for the learner, whatever they ask for, and exact for the staff of the course', async () => {
    const id = await submit(world.problem);
    const { lease_token } = await only();
    const results = [result(0, true), result(1, false), result(2, false, 'time_limit')];
    expect(await queue.record(lease_token, results)).toBe(true);
    const read = async (client: WorldModule.Person['client']) => {
      const columns = 'position, time_ms, memory_kb';
      const question = `id, submission_results(${columns}, submission_outputs(${columns}))`;
      const { data } = await client.from('submissions').select(question).eq('id', id).single();
      const outputs = await client.from('submission_outputs').select(columns).eq('submission_id', id);
      return JSON.stringify([data, outputs.data]);
    };
    const seen = await read(world.learner.client);
    expect(seen.match(/"time_ms":137/g)).toHaveLength(3);
    expect(seen.match(/"memory_kb":9876/g)).toHaveLength(3);
    expect(seen).toContain('{"position":1,"time_ms":200,"memory_kb":32768,');
    expect(seen).toContain('{"position":2,"time_ms":null,"memory_kb":32768,');
    const exact = await read(world.instructor.client);
    expect(exact.match(/"time_ms":137/g)).toHaveLength(7);
  });
});

describe('when our judge fails', () => {
  test('the submission waits for its next attempt and has no verdict', async () => {
    const id = await submit(world.problem);
    await queue.release((await only()).lease_token, 'status 13', 60, true);
    expect(await queue.claim('worker', 1, 60)).toEqual([]);
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'queued', verdict: null, attempts: 1 });
    expect(Date.parse(row.not_before)).toBeGreaterThan(Date.now());
  });

  test('an attempt while the judge was away altogether is not counted', async () => {
    const id = await submit(world.problem);
    await queue.release((await only()).lease_token, 'away', 0, false);
    expect(await rowOf(id)).toMatchObject({ status: 'queued', attempts: 0 });
    await only();
  });

  test('after the last attempt it is given up, which is no verdict on the program', async () => {
    const id = await submit(world.problem);
    await queue.release((await only()).lease_token, 'status 13', null, true);
    expect(await rowOf(id)).toMatchObject({ status: 'judge_failed', verdict: null });
    expect(await queue.claim('worker', 1, 60)).toEqual([]);
  });
});

test('viewers are told their place in the queue in the order in which it will be worked', async () => {
  const busy: string[] = [];
  for (const user_id of learners) busy.push(await submit(world.problem, { user_id }));
  const other = await submit(await secondCourse());
  const { data, error } = await fixtures.supabase.service.rpc('submission_progress', {
    ids: [...busy, other],
  });
  if (error) throw error;
  const positions = new Map(
    (data as { id: string; queue_position: number }[]).map((row) => [row.id, row.queue_position]),
  );
  expect([...busy, other].map((id) => positions.get(id))).toEqual([1, 3, 4, 2]);
});
