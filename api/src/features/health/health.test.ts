import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createLogLines } from '../../../test/log-lines.js';
import { acceptedRow, base64, startOfficialJudge } from '../../../test/official-judge.js';
import { as } from '../../../test/requests.js';
import { createTestApp } from '../../../test/running-app.js';
import { startSmallServer } from '../../../test/small-server.js';
import { waitUntil } from '../../../test/wait-until.js';
import { createWorld, supabase, type World } from '../../../test/world.js';
import { createCache } from '../../cache/cache.js';
import { createJudgeCanary } from '../../judge/canary.js';
import { createJudgeClient } from '../../judge/client.js';
import { createMetrics } from '../../lib/metrics.js';
import { createSupabase } from '../../lib/supabase.js';
import type { Health } from './schema.js';

const away = 'http://127.0.0.1:9';
const databaseAt = (url: string) => createSupabase({ url, anonKey: 'x', serviceRoleKey: 'x' });
const judgeAt = (url: string) => createJudgeClient({ url, key: undefined });
const healthy = 'healthy';
const unhealthy = 'unhealthy';
const disabled = 'disabled';
const measured = { latencyMs: expect.any(Number) };
const unmeasured = { latencyMs: null };
const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);

type Overrides = NonNullable<Parameters<typeof createTestApp>[0]>;
const look = async (overrides: Overrides = {}) => {
  const app = createTestApp(overrides);
  const [health, ready] = await Promise.all([
    request(app).get('/api/health'),
    request(app).get('/api/ready'),
  ]);
  return { health, ready };
};

const off = { database: null, redis: null, judge0: null, mail: null, storage: null };

describe('health and readiness', () => {
  test('are good when all parts answer; what is not configured is disabled', async () => {
    const { health, ready } = await look({ version: '1.2.3' });
    expect(health.body).toEqual({
      status: 'healthy',
      timestamp: expect.any(String),
      uptime: expect.any(Number),
      checks: { database: healthy, redis: disabled, judge0: healthy, mail: disabled, storage: healthy },
      details: {
        version: '1.2.3',
        database: measured,
        redis: unmeasured,
        judge0: measured,
        mail: unmeasured,
        storage: measured,
      },
    });
    expect(health.status).toBe(200);
    expect([ready.status, ready.body]).toEqual([
      200,
      { ready: true, timestamp, reason: null, warning: null },
    ]);
  });

  test('are good on a server without a judge', async () => {
    const { health, ready } = await look({ judge: null });
    expect([health.status, health.body.checks.judge0]).toEqual([200, disabled]);
    expect(ready.status).toBe(200);
  });

  test('differ while the judge is away: lessons can be read', async () => {
    const { health, ready } = await look({ judge: judgeAt(away) });
    expect([health.status, health.body]).toMatchObject([
      503,
      { status: 'degraded', checks: { database: healthy, judge0: unhealthy } },
    ]);
    expect(ready.status).toBe(200);
  });

  test('are bad while the database is away, without its address', async () => {
    const { health, ready } = await look({ supabase: databaseAt(away) });
    expect([health.status, health.body.checks.database]).toEqual([503, unhealthy]);
    expect([ready.status, ready.body]).toEqual([
      503,
      { ready: false, timestamp, reason: 'the database does not answer', warning: null },
    ]);
    expect(health.text + ready.text).not.toContain('127.0.0.1');
  });

  test('are bad when the answer of supabase-js carries an error: it throws none', async () => {
    const empty = await startSmallServer((_request, response) => {
      response
        .writeHead(404, { 'Content-Type': 'application/json' })
        .end('{"code":"PGRST205","message":"no table"}');
    });
    const { health, ready } = await look({ supabase: databaseAt(empty.url) });
    expect([health.body.checks.database, ready.status]).toEqual([unhealthy, 503]);
    await empty.stop();
  });

  test('do not wait for a part that hangs for as long as a page would', async () => {
    const never = () => new Promise<void>(() => undefined);
    const { health } = await look({ probes: { ...off, database: never, mail: never } });
    expect(health.body.checks).toMatchObject({ database: unhealthy, mail: unhealthy, redis: disabled });
  });

  test('while the process stops: not ready, and healthy still', async () => {
    const { health, ready } = await look({ isDraining: () => true });
    expect(health.status).toBe(200);
    expect([ready.status, ready.body]).toEqual([
      503,
      { ready: false, timestamp, reason: 'stopping', warning: null },
    ]);
  });

  test('while the database misses a migration of this build: not ready, and it is named', async () => {
    const { health, ready } = await look({ migrations: ['20261123000100', '29991231000000'] });
    expect(health.status).toBe(200);
    expect(ready.status).toBe(503);
    expect(ready.body.reason).toBe('the database has not had 1 migrations: 29991231000000');
  });

  test('is ready on a database of a newer release, and says so', async () => {
    const { ready } = await look({ migrations: ['20261123000100'] });
    expect([ready.status, ready.body]).toEqual([
      200,
      {
        ready: true,
        timestamp,
        reason: null,
        warning: expect.stringMatching(/^the database is of a newer release: 20261123000200, /),
      },
    ]);
  });

  test('ask the parts once for all who ask at the same time', async () => {
    let asked = 0;
    const counted = () => Promise.resolve(void (asked += 1));
    const app = createTestApp({ probes: { ...off, database: counted } });
    await Promise.all(Array.from({ length: 5 }, () => request(app).get('/api/health').expect(200)));
    expect(asked).toBe(1);
  });
});

describe('the judge’s check', () => {
  test('runs a program: a judge that answers while every run fails is seen', async () => {
    const judge = await startOfficialJudge();
    judge.finish = () => ({ ...acceptedRow, status_id: 13, message: base64('No such file or directory') });
    const log = createLogLines();
    const { health } = await look({ judge: judgeAt(judge.url), logger: log.logger });
    expect([health.status, health.body.checks.judge0]).toEqual([503, unhealthy]);
    expect(log.lines().find(({ msg }) => msg === 'a part is away')).toMatchObject({
      check: 'judge0',
      reason: expect.stringMatching(/status 13: No such file/),
    });
    await judge.stop();
  });

  test('runs it on what the judge has, and not again before its time', async () => {
    const judge = await startOfficialJudge();
    const seldom = createJudgeCanary(judgeAt(judge.url), 60_000);
    for (const canary of [seldom, seldom, seldom]) await canary();
    // Waits for a program of its own: by then one too many of the others would have come.
    await createJudgeCanary(judgeAt(judge.url), 0)();
    const runs = judge.requests.filter(({ method }) => method === 'POST');
    expect(runs).toHaveLength(2);
    expect(JSON.parse(runs[0]?.body ?? '')).toMatchObject({ submissions: [{ language_id: 71 }] });
    await judge.stop();
  });
});

describe('who is told why', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  const reason = 'connect ECONNREFUSED 10.0.0.7:5432';
  const probes = { ...off, database: () => Promise.reject(new Error(reason)) };
  const ask = async (person?: { accessToken: string }, app = createTestApp({ probes })) =>
    (
      await request(app)
        .get('/api/health')
        .set(person ? as(person) : {})
    ).body as Health;

  test('an administrator is, and since when', async () => {
    const { checks, details } = await ask(world.admin);
    expect(checks).toMatchObject({ database: unhealthy, redis: disabled });
    expect(details.database).toEqual({ ...measured, reason, since: expect.stringMatching(/^20/) });
    expect(details.redis).toEqual({ ...unmeasured, reason: null, since: expect.any(String) });
  });

  test('nobody else is, and a bad token does no harm', async () => {
    const others = [undefined, world.learner, world.instructor, { accessToken: 'nonsense' }];
    for (const person of others) expect((await ask(person)).details.database).toEqual(measured);
  });

  test('an administrator is told of each engine of a judge that is several', async () => {
    const pieces = [
      { name: 'http://10.0.0.2:2358', status: 'unhealthy' as const, reason: 'about: ETIMEDOUT' },
      { name: 'http://10.0.0.3:2358', status: 'healthy' as const, reason: null },
    ];
    const log = createLogLines();
    const several = { ...off, judge0: () => Promise.resolve(pieces) };
    const app = createTestApp({ probes: several, logger: log.logger });
    const { status, checks, details } = await ask(world.admin, app);
    expect([status, checks.judge0, details.judge0]).toMatchObject(['healthy', 'healthy', { pieces }]);
    expect((await ask(world.instructor, app)).details.judge0).toEqual(measured);
    expect(log.lines().filter(({ msg }) => msg === 'a part is away')).toMatchObject([
      { check: 'judge0 http://10.0.0.2:2358', reason: 'about: ETIMEDOUT' },
    ]);
  });

  test('an administrator still is when the database went away meanwhile', async () => {
    let here = true;
    const halfAway = {
      ...supabase,
      forUser: (token: string) => (here ? supabase : databaseAt(away)).forUser(token),
    };
    const { logger } = createLogLines();
    const app = createTestApp({
      probes,
      supabase: halfAway,
      cache: createCache({ redis: null, metrics: createMetrics(), logger }),
    });
    await ask(world.admin, app);
    here = false;
    expect((await ask(world.admin, app)).details.database.reason).toBe(reason);
  });
});

test('what changed is one line in the log and a metric', async () => {
  const log = createLogLines();
  const metrics = createMetrics();
  let failing = true;
  const mail = () => (failing ? Promise.reject(new Error('refused')) : Promise.resolve());
  const app = createTestApp({ probes: { ...off, mail }, logger: log.logger, metrics });
  await request(app).get('/api/health').expect(503);
  expect(await metrics.registry.metrics()).toContain('health_check_up{check="mail"} 0');
  failing = false;
  await waitUntil(async () => (await request(app).get('/api/health')).status === 200);
  const said = log
    .lines()
    .flatMap(({ check, msg }) => (typeof check === 'string' ? [`${check}: ${msg}`] : []));
  expect(said).toEqual(['mail: a part is away', 'mail: a part is back']);
  const text = await metrics.registry.metrics();
  expect(text).toContain('health_check_up{check="mail"} 1');
  expect(text).not.toContain('check="redis"');
});

test('while the database is away a page is told so at once, as problem+json', async () => {
  const app = createTestApp({
    supabase: databaseAt(away),
    verifyToken: () => Promise.resolve({ sub: '6f1f2d1e-0000-4000-8000-000000000001' }),
  });
  for (const path of ['/api/me', '/api/dashboard', '/api/courses', '/api/problems/x', '/api/submissions']) {
    const answer = await request(app).get(path).set('Authorization', 'Bearer x');
    expect(answer.body).toMatchObject({ status: 503, code: 'database_unavailable', retryAfterSeconds: 5 });
  }
});
