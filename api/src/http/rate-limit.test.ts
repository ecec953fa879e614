import { beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { createLogLines } from '../../test/log-lines.js';
import { as } from '../../test/requests.js';
import { createTestApp, createTestDependencies, logger } from '../../test/running-app.js';
import { createWorld, unique, type World } from '../../test/world.js';
import { createLimits } from '../limits/limits.js';
import { offencesPerAuthLimit } from '../limits/offenders.js';
import type { RateSettings, StoredRules } from '../limits/rules.js';
import { isLimitedClass, limitedClasses, limitTable, type LimitedClass } from '../limits/table.js';
import { createMetrics } from '../lib/metrics.js';
import { createRouteTable } from '../route-table.js';
import { errorHandler } from './error-handler.js';
import { createRateLimit } from './rate-limit.js';
import { requestLog } from './request-log.js';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

const quota = (limit: number): RateSettings[LimitedClass] => ({
  limit,
  windowMs: 600_000,
  algorithm: 'sliding_window',
});

const limitsFor = (
  settings: RateSettings = {},
  more: Partial<Parameters<typeof createLimits>[0]> = {},
): ReturnType<typeof createLimits> =>
  createLimits({
    redis: null,
    settings,
    salt: 'a salt of the tests',
    loadRules: () => Promise.resolve({ overrides: [], blocks: [] }),
    logger,
    metrics: createMetrics(),
    ...more,
  });

const appWith = (settings: RateSettings = {}, more: Parameters<typeof createTestApp>[0] = {}) =>
  createTestApp({ limits: limitsFor(settings), ...more });

type App = ReturnType<typeof createTestApp>;

const login = (app: App, email: string, from = '198.51.100.1') =>
  request(app).post('/api/auth/login').set('X-Forwarded-For', from).send({ email, password: 'wrong' });

/** A request of each class that costs little; what it answers besides 429 does not matter. */
const asks: Record<Exclude<LimitedClass, 'upload' | 'public_read'>, (app: App) => request.Test> = {
  auth: (app) => request(app).post('/api/auth/register').send({ email: 'x@example.org' }),
  password_reset: (app) => request(app).post('/api/auth/password-reset').send({ email: 'no address' }),
  read: (app) => request(app).get('/api/me').set(as(world.learner)),
  write: (app) => request(app).post('/api/enrolments').set(as(world.learner)).send({}),
  execution: (app) => request(app).post('/api/runs').set(as(world.learner)).send({}),
  admin: (app) => request(app).delete('/api/admin/blocks/none').set(as(world.admin)),
};

/** An app with nothing but one endpoint, for a class whose own endpoint costs much. */
const smallApp = (limitClass: LimitedClass) => {
  const rateLimit = createRateLimit(limitsFor());
  const endpoint = { access: 'public', limit: limitClass } as const;
  return express()
    .use(requestLog(logger))
    .use(...rateLimit.count(endpoint, 'GET /'))
    .get('/', (_request, response) => void response.end())
    .use(errorHandler);
};

describe('the limit of', () => {
  test.each(limitedClasses)(
    '%s is that of the table: one more is refused, and told when to come',
    async (name) => {
      const small = name === 'upload' || name === 'public_read';
      const app = small ? smallApp(name) : appWith();
      const ask = () => (small ? request(app).get('/') : asks[name](app));
      const { limit, windowMs } = limitTable[name];
      for (let sent = 1; sent <= limit; sent += 1) {
        const { status, headers } = await ask();
        expect(status).not.toBe(429);
        expect(headers['ratelimit-policy']).toBe(`"${name}";q=${limit};w=${windowMs / 1000}`);
        expect(headers['ratelimit']).toMatch(new RegExp(`^"${name}";r=${limit - sent};t=\\d+$`));
      }
      const refused = await ask();
      expect(refused.status).toBe(429);
      expect(refused.type).toBe('application/problem+json');
      expect(refused.headers['ratelimit']).toMatch(new RegExp(`^"${name}";r=0;t=\\d+$`));
      const wait = Number(refused.headers['retry-after']);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(windowMs / 1000);
      expect(refused.body).toMatchObject({ code: 'too_many_requests', retryAfterSeconds: wait });
      expect(refused.body.detail).toContain(limitTable[name].what);
    },
    120_000,
  );
});

describe('every route', () => {
  const { table } = createRouteTable(createTestDependencies());

  test('belongs to one class of the table; none but health and readiness are not counted', () => {
    const uncounted = table.filter(([, , endpoint]) => !isLimitedClass(endpoint.limit));
    expect(uncounted.map(([method, path, { limit }]) => `${method} ${path} ${limit}`).sort()).toEqual([
      'GET /api/health none',
      'GET /api/ready none',
    ]);
  });

  test('that takes a secret of a link counts by it, so that a class behind one address is not one', () => {
    const byAddressAlone = table.filter(
      ([, , { access, limit, limitBy, body }]) =>
        access === 'public' &&
        isLimitedClass(limit) &&
        limitTable[limit].identifier === 'ip_email' &&
        limitBy === undefined &&
        !(body && 'shape' in body && 'email' in (body.shape as object)),
    );
    expect(byAddressAlone.map(([method, path]) => `${method} ${path}`)).toEqual([]);
  });

  test('of an administrator has the class admin, and what changes something is not read', () => {
    for (const [method, path, { access, limit, limitBy }] of table) {
      if (access === 'admin') expect([path, limit]).toEqual([path, 'admin']);
      if (method !== 'GET' && limitBy === undefined) expect([path, limit]).not.toEqual([path, 'read']);
    }
  });
});

describe('who is counted', () => {
  test('to sign in: an address with an e-mail, however that is written', async () => {
    const app = appWith({ auth: quota(2) });
    await login(app, 'ada@example.org');
    await login(app, ' ADA@example.org');
    expect((await login(app, 'ada@example.org')).status).toBe(429);
    expect((await login(app, 'bob@example.org')).status).toBe(401);
    expect((await login(app, 'ada@example.org', '198.51.100.2')).status).toBe(401);
  });

  test('to set a new password: an address with an e-mail, or with the token of the link', async () => {
    const app = appWith({ password_reset: quota(1) });
    const confirm = (token: string) =>
      request(app).post('/api/auth/password-reset/confirm').send({ token, password: 'short' });
    expect((await confirm('one')).status).toBe(422);
    expect((await confirm('one')).status).toBe(429);
    expect((await confirm('another')).status).toBe(422);
  });

  test('signed in: the person, wherever they come from, and nobody else', async () => {
    const app = appWith({ read: quota(2) });
    const me = (person: { accessToken: string }, from: string) =>
      request(app).get('/api/me').set(as(person)).set('X-Forwarded-For', from);
    await me(world.learner, '198.51.100.1');
    await me(world.learner, '198.51.100.2');
    expect((await me(world.learner, '198.51.100.3')).status).toBe(429);
    expect((await me(world.instructor, '198.51.100.3')).status).toBe(200);
  });

  test('not signed in: the address', async () => {
    const app = appWith({ read: quota(1) });
    const docs = (from: string) => request(app).get('/api/openapi.json').set('X-Forwarded-For', from);
    expect((await docs('198.51.100.1')).status).not.toBe(429);
    expect((await docs('198.51.100.1')).status).toBe(429);
    expect((await docs('2001:db8:1:2::1')).status).not.toBe(429);
    expect((await docs('2001:db8:1:2::2')).status).toBe(429);
  });

  test('for a new session: the token, so that a whole school behind one address stays signed in', async () => {
    const app = appWith({ read: quota(1) });
    const refresh = (refreshToken: string) => request(app).post('/api/auth/refresh').send({ refreshToken });
    expect((await refresh(world.learner.refreshToken)).status).toBe(200);
    expect((await refresh(world.instructor.refreshToken)).status).toBe(200);
    expect((await refresh(world.instructor.refreshToken)).status).toBe(429);
  });
});

describe('an address from which signing in fails very often', () => {
  test('is kept from trying with any e-mail; others are not', async () => {
    const app = appWith({ auth: quota(1) });
    for (let failed = 0; failed < offencesPerAuthLimit.address; failed += 1) {
      expect((await login(app, unique('no address'))).status).toBe(422);
    }
    const refused = await login(app, world.learner.email);
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await login(app, unique('no address'), '198.51.100.2')).status).toBe(422);
  });

  test('signing in with the right password does not count', async () => {
    const limits = limitsFor();
    const app = createTestApp({ limits });
    const answer = await request(app)
      .post('/api/auth/login')
      .send({ email: world.learner.email, password: 'a long test password' });
    expect(answer.status).toBe(200);
    expect(await limits.offenders.list()).toEqual([]);
  });
});

describe('the address of a request', () => {
  const statuses = async (trustedProxies: string[] | number, chains: string[]): Promise<number[]> => {
    const app = appWith({ auth: quota(1) }, { trustedProxies });
    const seen: number[] = [];
    for (const chain of chains) seen.push((await login(app, 'no address', chain)).status);
    return seen;
  };

  test('is not what a client says, when it comes through no proxy that is trusted', async () => {
    expect(await statuses([], ['198.51.100.1', '198.51.100.2'])).toEqual([422, 429]);
    expect(await statuses(['203.0.113.9'], ['198.51.100.1', '198.51.100.2'])).toEqual([422, 429]);
  });

  test('is what the trusted proxy saw, whatever the client wrote before that', async () => {
    const spoofed = ['10.1.1.1, 198.51.100.1', '10.2.2.2, 198.51.100.1', '127.0.0.1, 198.51.100.2'];
    expect(await statuses(['loopback'], spoofed)).toEqual([422, 429, 422]);
    expect(await statuses(1, spoofed)).toEqual([422, 429, 422]);
  });
});

describe('a blocked network', () => {
  const blocked = async (blocks: StoredRules['blocks']) => {
    const limits = limitsFor({}, { loadRules: () => Promise.resolve({ overrides: [], blocks }) });
    await limits.rules.refresh();
    return { limits, app: createTestApp({ limits }) };
  };
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();

  test('gets no answer but that it is blocked, signed in or not; others and health do', async () => {
    const { app, limits } = await blocked([{ network: '198.51.100.0/24', expiresAt: inAnHour }]);
    const refused = await login(app, 'ada@example.org');
    expect([refused.status, refused.body]).toMatchObject([
      403,
      { code: 'address_blocked', blockedUntil: inAnHour },
    ]);
    const me = (from: string) =>
      request(app).get('/api/me').set(as(world.learner)).set('X-Forwarded-For', from);
    expect((await me('198.51.100.77')).status).toBe(403);
    expect((await me('198.51.101.77')).status).toBe(200);
    const health = await request(app).get('/api/ready').set('X-Forwarded-For', '198.51.100.77');
    expect(health.status).toBe(200);
    expect(await limits.metrics.registry.metrics()).toContain(
      'rate_limit_decisions_total{class="auth",outcome="blocked"} 1',
    );
  });

  test('is open again when its time is over', async () => {
    const { app } = await blocked([
      { network: '198.51.100.0/24', expiresAt: new Date(Date.now() - 1).toISOString() },
    ]);
    expect((await login(app, 'no address')).status).toBe(422);
  });
});

test('a refusal is one warning with endpoint, class and a hash, and one more in the metric', async () => {
  const { logger: noted, lines, text } = createLogLines();
  const limits = limitsFor({ auth: quota(1) });
  const app = createTestApp({ limits, logger: noted });
  await login(app, 'ada@example.org');
  await login(app, 'ada@example.org');
  await login(app, 'ada@example.org');
  const warnings = lines().filter(({ level }) => level === 40);
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toMatchObject({
    limitClass: 'auth',
    endpoint: 'POST /api/auth/login',
    identifier: expect.stringMatching(/^[\w-]{22}$/),
    retryAfterSeconds: expect.any(Number),
  });
  expect(warnings[0]!['identifier']).toBe(warnings[1]!['identifier']);
  expect(text()).not.toMatch(/ada@example|198\.51\.100/);
  const metric = await limits.metrics.registry.metrics();
  expect(metric).toContain('rate_limit_decisions_total{class="auth",outcome="refused"} 2');
  expect(metric).toContain('rate_limit_decisions_total{class="auth",outcome="allowed"} 1');
});
