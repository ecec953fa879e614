import { beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp, logger } from '../../test/running-app.js';
import { createWorld, testPassword, unique, type World } from '../../test/world.js';
import { createMetrics } from '../lib/metrics.js';
import { createLimits } from '../limits/limits.js';

const learners = 60;
const atOnce = 6;
let world: World;

beforeAll(async () => {
  world = await createWorld();
}, 180_000);

// By the requests that web makes for these pages: opening "Register" twice, sending its form, opening the dashboard.
test('sixty learners behind one address register with the limits of the table, and none of it is an offence', async () => {
  const limits = createLimits({
    redis: null,
    settings: {},
    salt: 'a salt',
    loadRules: () => Promise.resolve({ overrides: [], blocks: [] }),
    logger,
    metrics: createMetrics(),
  });
  const app = createTestApp({ limits });
  const from = { 'X-Forwarded-For': '198.51.100.1' };
  const opened: number[] = [];
  for (let visit = 0; visit < learners * 2; visit += 1) {
    opened.push((await request(app).get('/api/auth/registration').set(from)).status);
  }
  expect(new Set(opened)).toEqual(new Set([200]));

  const registerOne = async (): Promise<number> => {
    const answer = await request(app)
      .post('/api/auth/register')
      .set(from)
      .send({
        email: `${unique('pupil')}@example.org`,
        password: testPassword,
        fullName: 'A Pupil',
        enrolmentCode: world.course.enrolment_code,
      });
    if (answer.status !== 201) return answer.status;
    const token = { Authorization: `Bearer ${answer.body.accessToken}` };
    return (
      await request(app)
        .get('/api/dashboard')
        .set({ ...from, ...token })
    ).status;
  };
  const statuses: number[] = [];
  for (let done = 0; done < learners; done += atOnce) {
    statuses.push(...(await Promise.all(Array.from({ length: atOnce }, registerOne))));
  }
  expect(statuses).toEqual(Array(learners).fill(200));
  expect(await limits.offenders.list()).toEqual([]);
}, 900_000);
