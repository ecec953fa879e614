import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { as } from '../../../test/requests.js';
import { createTestApp, links, logger } from '../../../test/running-app.js';
import { waitUntil } from '../../../test/wait-until.js';
import {
  createPerson,
  createWorld,
  supabase,
  testPassword,
  unique,
  type World,
} from '../../../test/world.js';
import { createCache } from '../../cache/cache.js';
import { createMetrics } from '../../lib/metrics.js';
import { createAuthService } from './service.js';
import { createSteadyAnswer, msToNextBeat } from './steady-answer.js';

const app = createTestApp();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});

const post = (address: string, body: object, on = app) => request(on).post(`/api/auth/${address}`).send(body);
const nobody = () => `${unique('nobody')}@example.org`;

/** What of an answer a stranger could tell two addresses apart by. */
const visible = ({ status, body, headers }: request.Response) => ({
  status,
  body: { ...body, requestId: '' },
  headers: Object.keys(headers).sort(),
  length: JSON.stringify({ ...body, requestId: '' }).length,
});

describe('which addresses have an account is not told', () => {
  test('by signing in', async () => {
    const answers = [
      await post('login', { email: world.learner.email, password: 'another password' }),
      await post('login', { email: nobody(), password: 'another password' }),
    ];
    expect(visible(answers[0] as request.Response)).toEqual(visible(answers[1] as request.Response));
  });

  test('by asking for a new password', async () => {
    const answers = [
      await post('password-reset', { email: world.learner.email }),
      await post('password-reset', { email: nobody() }),
    ];
    expect(visible(answers[0] as request.Response)).toEqual(visible(answers[1] as request.Response));
  });

  test('by how long a refusal takes: answers leave on a beat, whatever the work', async () => {
    const leftAt = async (workMs: number, fails: boolean): Promise<number> => {
      let clock = 1000;
      const steadily = createSteadyAnswer({
        beatMs: 500,
        now: () => clock,
        pause: async (ms) => void (clock += ms),
      });
      const work = async () => {
        clock += workMs;
        if (fails) throw new Error('no');
      };
      await steadily(work, () => true).catch(() => undefined);
      return clock - 1000;
    };
    expect(await Promise.all([0, 6, 100, 499, 500].map((ms) => leftAt(ms, true)))).toEqual(
      Array.from({ length: 5 }, () => 500),
    );
    expect(await leftAt(3, false)).toBe(500);
    expect(await leftAt(501, false)).toBe(1000);
    expect(msToNextBeat(1200, 500)).toBe(300);
  });

  test('by the time of a refused sign-in: an unknown address waits for the same beat as a wrong password', async () => {
    const waits: number[] = [];
    const auth = createAuthService({
      supabase,
      cache: createCache({ redis: null, metrics: createMetrics(), logger }),
      links,
      mail: {
        mode: 'off',
        requestPasswordReset: async () => undefined,
        requestConfirmation: async () => undefined,
      },
      pause: async (ms) => void waits.push(ms),
    });
    const device = { address: '127.0.0.1', userAgent: '' };
    for (const email of [nobody(), world.learner.email]) {
      await expect(auth.login({ email, password: 'another password' }, device)).rejects.toMatchObject({
        code: 'wrong_credentials',
      });
    }
    expect(waits.map((ms) => ms > 0 && ms <= 500)).toEqual([true, true]);
    await auth.login({ email: world.learner.email, password: testPassword }, device);
    expect(waits).toHaveLength(2);
  });
});

describe('a refresh token', () => {
  const refresh = (refreshToken: string) => post('refresh', { refreshToken });

  test('that was used and is used again later ends the whole session, also for its thief', async () => {
    const { body: session } = await post('login', {
      email: world.admin.email,
      password: testPassword,
    }).expect(200);
    const { body: second } = await refresh(session.refreshToken).expect(200);
    const { body: third } = await refresh(second.refreshToken).expect(200);
    for (const body of [session, second, third]) await request(app).get('/api/me').set(as(body)).expect(200);
    // Within ten seconds the auth service takes it for a lost answer; after that for a theft.
    let end = 200;
    await waitUntil(
      async () => {
        end = (await refresh(session.refreshToken)).status;
        return end === 401;
      },
      { patienceMs: 120_000, everyMs: 500 },
    );
    await refresh(third.refreshToken).expect(401);
    await refresh(second.refreshToken).expect(401);
    // The access tokens of the family would be good for up to an hour.
    for (const body of [session, second, third]) {
      expect((await request(app).get('/api/me').set(as(body))).body.code).toBe('session_expired');
      const { data } = await supabase.forUser(body.accessToken).from('users').select('id');
      expect(data).toEqual([]);
    }
  });

  test('that two requests of one page use at the same time ends nothing', async () => {
    const { body: session } = await post('login', {
      email: world.admin.email,
      password: testPassword,
    }).expect(200);
    const answers = await Promise.all([0, 1, 2].map(() => refresh(session.refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const { body } of answers) await request(app).get('/api/me').set(as(body)).expect(200);
    await refresh(answers[0]?.body.refreshToken).expect(200);
  });
});

describe('the api', () => {
  test('takes no cookie for a sign-in, so no other site can act through a browser', async () => {
    const answer = await request(app)
      .post('/api/enrolments')
      .set(
        'Cookie',
        `session=${world.learner.accessToken}; Authorization=Bearer ${world.learner.accessToken}`,
      )
      .send({ code: world.course.enrolment_code });
    expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('lets no other site read its answers', async () => {
    const answer = await request(app)
      .get('/api/me')
      .set(as(world.learner))
      .set('Origin', 'https://evil.example');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    ['a parameter twice', '/api/submissions?problemSlug=a&problemSlug=b'],
    ['a parameter as a list', '/api/submissions?limit[]=1&limit=2'],
    ['a number twice', '/api/submissions?limit=1&limit=2'],
  ])('takes %s for an error of the client, never for one of its own', async (_what, address) => {
    const answer = await request(app).get(address).set(as(world.learner));
    expect(answer.status === 200 || answer.status === 422).toBe(true);
    if (address.includes('[]')) return;
    expect(answer.body).toMatchObject({ status: 422, code: 'invalid_request' });
  });

  test.each([
    ['a list', { email: ['a@example.org', 'b@example.org'], password: testPassword }],
    ['an object', { email: { $ne: '' }, password: { $gt: '' } }],
    ['null', { email: null, password: null }],
    ['a number', { email: 1, password: 1 }],
  ])('refuses %s where a text is expected', async (_what, body) => {
    for (const address of ['login', 'register', 'password-reset', 'password-reset/confirm', 'refresh']) {
      const answer = await post(address, body);
      expect([address, answer.status]).toEqual([address, 422]);
    }
  });

  test.each([
    ['__proto__', '{"__proto__":{"role":"admin","isAdmin":true}}'],
    ['constructor.prototype', '{"constructor":{"prototype":{"role":"admin","isAdmin":true}}}'],
    ['both, deep', '{"a":{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}}'],
  ])('is not changed by %s in a body or a query', async (_what, json) => {
    await request(app).put('/api/me').set(as(world.learner)).type('json').send(json).expect(422);
    await request(app)
      .get('/api/submissions?__proto__[isAdmin]=1&constructor[prototype][isAdmin]=1&__proto__.isAdmin=1')
      .set(as(world.learner));
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
    await request(app).get('/api/admin/second-factor').set(as(world.learner)).expect(403);
  });

  test('takes a body of the limit’s size at most, compressed or not', async () => {
    const large = JSON.stringify({ email: 'a@example.org', password: 'x'.repeat(1024 * 1024) });
    const { gzipSync } = await import('node:zlib');
    const plain = await request(app).post('/api/auth/login').type('json').send(large);
    const bomb = await request(app)
      .post('/api/auth/login')
      .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      .serialize((body: unknown) => body as string)
      .send(gzipSync(large) as unknown as string);
    expect([plain.status, bomb.status]).toEqual([413, 413]);
  });
});

describe('a weak password', () => {
  const common = 'Password2026!';

  test('is refused at registration, with what to do instead', async () => {
    const answer = await post('register', { email: nobody(), password: common, fullName: 'Ada Lovelace' });
    expect(answer.body).toMatchObject({ status: 422, errors: [{ path: 'password' }] });
    expect(answer.body.detail).toContain('words that do not belong together');
    const own = await post('register', {
      email: nobody(),
      password: 'Ada Lovelace 1',
      fullName: 'Ada Lovelace',
    });
    expect(own.body.detail).toContain('mostly your name');
  });

  test('is refused when it is changed: well-known, or one’s name, address or school', async () => {
    const person = await createPerson(world.organization.id, 'student');
    await supabase.service
      .from('organizations')
      .update({ name: 'Newton College' })
      .eq('id', world.organization.id);
    const change = (password: string) =>
      request(app).put('/api/me/password').set(as(person)).send({ currentPassword: testPassword, password });
    for (const password of [common, `${person.email.split('@')[0]}!`]) {
      const answer = await change(password);
      expect(answer.body).toMatchObject({ status: 422, errors: [{ path: 'password' }] });
    }
    await post('login', { email: person.email, password: testPassword }).expect(200);
  });
});
