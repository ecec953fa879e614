/** Wrong passwords: what an address, an account and a known device are refused for, each apart from the others. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp, generousLimits, logger } from '../../test/running-app.js';
import {
  createPerson,
  createWorld,
  testPassword,
  unique,
  type Person,
  type World,
} from '../../test/world.js';
import { createDevices, deviceDays } from '../limits/devices.js';
import { createLimits } from '../limits/limits.js';
import { offencesPerAuthLimit } from '../limits/offenders.js';
import { createMetrics } from '../lib/metrics.js';

const patienceMs = 180_000;
let world: World;
let person: Person;

beforeAll(async () => {
  world = await createWorld();
  person = await createPerson(world.organization.id, 'instructor');
}, patienceMs);

/** An app of its own; `perMinute` tries of one address with one e-mail, so that what comes after them is seen. */
const appWith = (perMinute: number) => {
  const limits = createLimits({
    redis: null,
    settings: { auth: { limit: perMinute, windowMs: 1000, algorithm: 'sliding_window' } },
    salt: 'a salt of this test',
    loadRules: () => Promise.resolve({ overrides: [], blocks: [] }),
    logger,
    metrics: createMetrics(),
  });
  return createTestApp({ limits });
};
type App = ReturnType<typeof appWith>;

const tryLogin = (app: App, from: string, body: { email: string; password: string }, devices = '') =>
  request(app)
    .post('/api/auth/login')
    .set({ 'X-Forwarded-For': from, ...(devices ? { 'X-Known-Devices': devices } : {}) })
    .send(body);

const right = () => ({ email: person.email, password: testPassword });
const wrong = (email = person.email) => ({ email, password: 'not the password' });

const deviceOf = async (app: App): Promise<string> => {
  const { body } = await tryLogin(app, '203.0.113.1', right()).expect(200);
  return body.deviceToken as string;
};

describe('an account that is attacked from many addresses', () => {
  test(
    'refuses them all after some tries, and lets a known device in',
    async () => {
      const app = appWith(1);
      const device = await deviceOf(app);
      const statuses: number[] = [];
      for (let number = 0; number < offencesPerAuthLimit.account + 2; number += 1) {
        statuses.push((await tryLogin(app, `198.51.100.${number}`, wrong())).status);
      }
      expect(statuses).toEqual([...Array(offencesPerAuthLimit.account).fill(401), 429, 429]);
      const refused = await tryLogin(app, '192.0.2.1', right());
      expect(refused.body.detail).toMatch(/^Too many failed attempts to this account\. Try again in \d+/);
      await tryLogin(app, '192.0.2.1', right(), device).expect(200);
      // Another account is none of its business.
      await tryLogin(app, '192.0.2.1', wrong(world.learner.email)).expect(401);
    },
    patienceMs,
  );

  test(
    'tells nothing of whether it is there: an unknown one is refused alike',
    async () => {
      const app = appWith(1);
      const email = `${unique('nobody')}@example.org`;
      const statuses: number[] = [];
      for (let number = 0; number < offencesPerAuthLimit.account + 1; number += 1) {
        statuses.push((await tryLogin(app, `198.51.100.${number}`, wrong(email))).status);
      }
      expect(statuses).toEqual([...Array(offencesPerAuthLimit.account).fill(401), 429]);
    },
    patienceMs,
  );
});

describe('a school behind one address', () => {
  test(
    'whose address is locked by wrong tries with invented e-mails still signs in from known devices',
    async () => {
      const app = appWith(1);
      const device = await deviceOf(app);
      const invalid = { email: 'no address', password: 'x' };
      for (let failed = 0; failed < offencesPerAuthLimit.address; failed += 1) {
        await tryLogin(app, '203.0.113.1', { ...invalid, email: `no address ${failed}` }).expect(422);
      }
      const refused = await tryLogin(app, '203.0.113.1', right());
      expect(refused.body).toMatchObject({ status: 429, code: 'too_many_requests' });
      expect(refused.body.detail).toMatch(/^Too many failed attempts from this network\. Try again in /);
      await tryLogin(app, '203.0.113.1', right(), `not.a.token ${device}`).expect(200);
    },
    patienceMs,
  );

  test(
    'does not lose its teacher to a pupil’s five tries a minute',
    async () => {
      const limits = generousLimits();
      const app = createTestApp({ limits });
      const device = await deviceOf(app);
      const strict = createTestApp({
        limits: createLimits({
          redis: null,
          settings: {},
          salt: 'a salt',
          loadRules: () => Promise.resolve({ overrides: [], blocks: [] }),
          logger,
          metrics: createMetrics(),
        }),
      });
      const statuses: number[] = [];
      for (let number = 0; number < 6; number += 1) {
        statuses.push((await tryLogin(strict, '203.0.113.1', wrong())).status);
      }
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
      await tryLogin(strict, '203.0.113.1', right(), device).expect(200);
    },
    patienceMs,
  );

  test(
    'gets no offence by successes',
    async () => {
      const limits = generousLimits();
      const app = createTestApp({ limits });
      for (let number = 0; number < 3; number += 1) {
        const email = `${unique('newcomer')}@example.org`;
        await request(app)
          .post('/api/auth/register')
          .send({ email, password: testPassword, fullName: 'Ada Lovelace' })
          .expect(201);
      }
      await tryLogin(app, '203.0.113.1', right()).expect(200);
      expect(await limits.offenders.list()).toEqual([]);
    },
    patienceMs,
  );
});

describe('a known device', () => {
  test(
    'that fails again and again is an unknown one',
    async () => {
      const few = appWith(1);
      const known = await deviceOf(few);
      const statuses: number[] = [];
      for (let number = 0; number < offencesPerAuthLimit.device * 2 + 1; number += 1) {
        // One try a second is let through by the limit of `auth`.
        await new Promise((resolve) => setTimeout(resolve, 1050));
        statuses.push((await tryLogin(few, `198.51.100.${number}`, wrong(), known)).status);
      }
      const tries = offencesPerAuthLimit.device + offencesPerAuthLimit.account;
      expect(statuses).toEqual([...Array(tries).fill(401), 429]);
    },
    patienceMs,
  );

  test('is known for its address only, and not for ever', () => {
    let now = Date.parse('2030-01-01T12:00:00Z');
    const devices = createDevices('a salt', () => now);
    const token = devices.issue('Ada@example.org');
    expect(devices.identityOf(token, ' ada@EXAMPLE.org ')).toMatch(/^device:/);
    expect(devices.identityOf(token, 'grace@example.org')).toBeNull();
    expect(createDevices('another salt', () => now).identityOf(token, 'ada@example.org')).toBeNull();
    const [nonce, day, signature] = token.split('.');
    expect(devices.identityOf(`${nonce}.${Number(day) + 9}.${signature}`, 'ada@example.org')).toBeNull();
    for (const made of [undefined, '', '..', 'a.b.c', `${nonce}.${day}`, `${nonce}.${day}.`]) {
      expect(devices.identityOf(made, 'ada@example.org')).toBeNull();
    }
    now += (deviceDays + 1) * 24 * 3600 * 1000;
    expect(devices.identityOf(token, 'ada@example.org')).toBeNull();
  });
});
