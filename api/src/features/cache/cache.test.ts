import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { requestsBy } from '../../../test/requests.js';
import { createTestApp, logger } from '../../../test/running-app.js';
import { waitUntil } from '../../../test/wait-until.js';
import { createWorld, servers, supabase, unique, type Person, type World } from '../../../test/world.js';
import { cacheFamilies } from '../../cache/keys.js';
import { createMetrics } from '../../lib/metrics.js';
import { createRedis, type RedisConnection } from '../../lib/redis.js';
import { dataOf } from '../../lib/supabase.js';
import { cacheFamilies as familiesOfAnswer } from './schema.js';

let world: World;
let foreign: World;
let redis: RedisConnection;

beforeAll(async () => {
  [world, foreign] = await Promise.all([createWorld(), createWorld()]);
  redis = createRedis(servers.redisUrl, logger, createMetrics());
  await waitUntil(redis.isReady);
});
afterAll(() => redis.close());

const auditOf = (person: Person) =>
  dataOf<object[]>(
    supabase.service
      .from('audit_log')
      .select('action, target_id, actor_id, organization_id')
      .eq('actor_id', person.id)
      .order('id'),
  );

test('the kinds of the answer are those of the cache', () => {
  expect(familiesOfAnswer).toEqual(cacheFamilies);
});

describe.each(['redis', 'memory'] as const)('the cache in %s', (mode) => {
  let app: Express;
  const by = (person: Person) => requestsBy(app, person);
  const readProblem = async (of: World) => by(of.learner).get(`/api/problems/${of.problem.slug}`).expect(200);
  const familyOf = async (name: string, admin = world.admin) => {
    const { body } = await by(admin).get('/api/admin/cache').expect(200);
    expect(body).toMatchObject({ mode, available: true });
    return body.families.find(({ family }: { family: string }) => family === name);
  };

  beforeAll(() => {
    app = createTestApp({ redis: mode === 'redis' ? redis : null });
  });

  test('is reported with entries, memory and hit rate by kind', async () => {
    await readProblem(world);
    await readProblem(world);
    await readProblem(foreign);
    expect(await familyOf('problem')).toMatchObject({ entries: 1, hits: 1, misses: 2, hitRate: 1 / 3 });
    const { body } = await by(world.admin).get('/api/admin/cache').expect(200);
    expect(body.memory.usedBytes).toBeGreaterThan(0);
    expect(body.total.entries).toBeGreaterThan(1);
    expect(body.total.bytes).toBeGreaterThan(500);
    expect(await familyOf('lesson')).toMatchObject({ entries: 0, hits: 0, misses: 0, hitRate: null });
  });

  test('forgets by pattern what is of the own organization, and that is written down', async () => {
    await Promise.all([readProblem(world), readProblem(foreign)]);
    const before = await auditOf(world.admin);
    const { body } = await by(world.admin)
      .post('/api/admin/cache/invalidate', { pattern: 'problem:*' })
      .expect(200);
    expect(body).toEqual({ removed: 1 });
    expect(await familyOf('problem')).toMatchObject({ entries: 0 });
    expect(await familyOf('problem', foreign.admin)).toMatchObject({ entries: 1 });
    expect((await auditOf(world.admin)).slice(before.length)).toEqual([
      {
        action: 'cache.invalidate',
        target_id: 'problem:*',
        actor_id: world.admin.id,
        organization_id: world.organization.id,
      },
    ]);
  });

  test('is emptied for the own organization, which is written down, and works on', async () => {
    await Promise.all([readProblem(world), readProblem(foreign)]);
    const before = await auditOf(world.admin);
    const { body } = await by(world.admin).post('/api/admin/cache/flush', {}).expect(200);
    expect(body).toEqual({ message: 'Cache flushed', removed: expect.any(Number) });
    expect(body.removed).toBeGreaterThan(1);
    expect(await familyOf('problem')).toMatchObject({ entries: 0 });
    expect(await familyOf('problem', foreign.admin)).toMatchObject({ entries: 1 });
    expect((await auditOf(world.admin)).slice(before.length)).toMatchObject([{ action: 'cache.flush' }]);
    await readProblem(world);
    expect(await familyOf('problem')).toMatchObject({ entries: 1 });
  });

  test.each([
    '',
    '*',
    'problem',
    'limits:*',
    'problem:[a]',
    'problem:?',
    'cache:v1:*',
    `problem:${'x'.repeat(200)}`,
  ])('the pattern %j is refused, and nothing is forgotten', async (pattern) => {
    await readProblem(world);
    const answer = await by(world.admin).post('/api/admin/cache/invalidate', { pattern }).expect(422);
    expect(answer.body).toMatchObject({ code: 'invalid_request', errors: [{ path: 'pattern' }] });
    expect(await familyOf('problem')).toMatchObject({ entries: 1 });
  });

  test('is for administrators only', async () => {
    for (const person of [world.learner, world.instructor]) {
      await by(person).get('/api/admin/cache').expect(403);
      await by(person).post('/api/admin/cache/flush', {}).expect(403);
      await by(person).post('/api/admin/cache/invalidate', { pattern: 'problem:*' }).expect(403);
    }
  });
});

test('emptying it spares limits and events in the same Redis', async () => {
  const app = createTestApp({ redis });
  const keys = [`limits:${unique('key')}`, `events:${unique('key')}`, unique('another')];
  for (const key of keys) await redis.client.set(key, 'stays', 'EX', 60);
  await requestsBy(app, world.admin).post('/api/admin/cache/flush', {}).expect(200);
  expect(await redis.client.mget(keys)).toEqual(['stays', 'stays', 'stays']);
});

test('an act that could not be written down is not done', async () => {
  const app = createTestApp({ redis });
  await requestsBy(app, world.learner).get(`/api/problems/${world.problem.slug}`).expect(200);
  const broken = createTestApp({
    redis,
    supabase: {
      ...supabase,
      service: {
        rpc: () => Promise.resolve({ data: null, error: { code: '08006', message: 'gone' }, status: 500 }),
      },
    } as unknown as typeof supabase,
  });
  await requestsBy(broken, world.admin).post('/api/admin/cache/flush', {}).expect(503);
  const { body } = await requestsBy(app, world.admin).get('/api/admin/cache').expect(200);
  const problem = body.families.find(({ family }: { family: string }) => family === 'problem');
  expect(problem).toMatchObject({ entries: 1 });
});

test('without an answer from Redis it says so, and reads go on', async () => {
  const gone = createRedis('redis://127.0.0.1:1', logger, createMetrics());
  const app = createTestApp({ redis: gone });
  await requestsBy(app, world.learner).get(`/api/problems/${world.problem.slug}`).expect(200);
  const { body } = await requestsBy(app, world.admin).get('/api/admin/cache').expect(200);
  expect(body).toMatchObject({ mode: 'redis', available: false, memory: null, total: { entries: 0 } });
  await gone.close();
});
