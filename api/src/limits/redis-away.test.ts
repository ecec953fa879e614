import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRedis, type TestRedis } from '../../../ops/embedded/test-stack.js';
import { createLogLines } from '../../test/log-lines.js';
import { as } from '../../test/requests.js';
import { createTestApp } from '../../test/running-app.js';
import { waitUntil } from '../../test/wait-until.js';
import { createWorld, unique } from '../../test/world.js';
import { createMetrics } from '../lib/metrics.js';
import { createRedis, type RedisConnection } from '../lib/redis.js';
import { createLimits } from './limits.js';
import type { Rate } from './table.js';

/** An api process with its own connection, log and metrics; three requests of each class in ten minutes. */
const createProcess = (url: string) => {
  const log = createLogLines();
  const metrics = createMetrics();
  const redis = createRedis(url, log.logger, metrics);
  const three: Rate = { limit: 3, windowMs: 600_000, algorithm: 'sliding_window' };
  const limits = createLimits({
    redis,
    settings: { auth: three, password_reset: three, execution: three, read: three, write: three },
    salt: 'a salt',
    loadRules: () => Promise.resolve({ overrides: [], blocks: [] }),
    logger: log.logger,
    metrics,
  });
  return { log, metrics, redis, limits, app: createTestApp({ limits, logger: log.logger }) };
};

type Process = ReturnType<typeof createProcess>;

let server: TestRedis;
let processes: Process[];
const connections: RedisConnection[] = [];

beforeEach(async () => {
  server = await startRedis();
  processes = [createProcess(server.url), createProcess(server.url)];
  connections.push(...processes.map(({ redis }) => redis));
  await waitUntil(() => processes.every(({ redis }) => redis.isReady()));
});
afterEach(() => server.stop());
afterAll(() => Promise.all(connections.map((redis) => redis.close())));

const register = ({ app }: Process, email: string) => request(app).post('/api/auth/register').send({ email });

/** How many of ten, sent to both processes in turn and all at once, were let through. */
const letThrough = async (ask: (to: Process) => request.Test): Promise<number> => {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, sent) => ask(processes[sent % 2]!)));
  return answers.filter(({ status }) => status !== 429).length;
};

test('two processes count together, and what is counted stands under a name of its own, without addresses', async () => {
  const email = unique('ada');
  expect(await letThrough((to) => register(to, email))).toBe(3);
  const keys = await processes[0]!.redis.client.keys('*');
  expect(keys.every((key) => key.startsWith('limits:v1:'))).toBe(true);
  expect(keys.join()).not.toMatch(/ada|127\.0\.0\.1/);
});

describe('while Redis is away', () => {
  test('signing in and running are counted by each process, the others pass; then all is as before', async () => {
    const { learner } = await createWorld();
    const read = ({ app }: Process) => request(app).get('/api/me').set(as(learner));
    const run = ({ app }: Process) => request(app).post('/api/runs').set(as(learner)).send({});
    expect(await letThrough(read)).toBe(3);
    await server.kill();
    await waitUntil(() => processes.every(({ redis }) => !redis.isReady()));

    const email = unique('bob');
    expect(await letThrough((to) => register(to, email))).toBe(2 * 3);
    expect(await letThrough(run)).toBe(2 * 3);
    expect(await letThrough(read)).toBe(10);
    for (const { log, metrics, limits } of processes) {
      const warnings = log.lines().filter(({ level, msg }) => level === 40 && msg !== 'Rate limit exceeded');
      expect(warnings.map(({ msg }) => msg)).toEqual([
        'Redis is away: limits and cache work per process until it is back',
      ]);
      const text = await metrics.registry.metrics();
      expect(text).toContain('rate_limit_decisions_total{class="read",outcome="passed"} 5');
      expect(text).toContain('redis_connection_up 0');
      expect(limits.limiter.mode()).toBe('redis_away');
    }

    server = await startRedis({ port: server.port });
    await waitUntil(() => processes.every(({ redis }) => redis.isReady()));
    expect(await letThrough(read)).toBe(3);
    expect(await letThrough((to) => register(to, email))).toBe(3);
    expect(processes[0]!.limits.limiter.mode()).toBe('redis');
  });

  test('an answer does not wait for it', async () => {
    await server.kill();
    const answers = await Promise.all(processes.map((to) => register(to, unique('eve'))));
    expect(answers.map(({ status }) => status)).toEqual([422, 422]);
  });
});

test('a Redis that refuses to write is told once, and is trusted again when it does', async () => {
  const [first] = processes as [Process, Process];
  await first.redis.client.config('SET', 'min-replicas-to-write', '1');
  await register(first, unique('full'));
  await register(first, unique('full'));
  const told = () =>
    first.log
      .lines()
      .map(({ msg }) => msg)
      .filter((msg) => /count(s)? requests/.test(msg));
  expect(told()).toHaveLength(1);
  await first.redis.client.config('SET', 'min-replicas-to-write', '0');
  await register(first, unique('full'));
  expect(told()).toEqual([expect.stringContaining('refuses'), 'Redis counts requests again']);
});
