import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startDraft } from '../../../test/judged-submission.js';
import { requestsBy } from '../../../test/requests.js';
import { createTestApp } from '../../../test/running-app.js';
import {
  createPerson,
  createProblem,
  createWorld,
  supabase,
  testPassword,
  type Person,
  type World,
} from '../../../test/world.js';
import { dataOf } from '../../lib/supabase.js';

const app = createTestApp();
// Another process of the api, with a cache of its own.
const otherApp = createTestApp();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});

const as = (person: Person, on = app) => requestsBy(on, person);
const admin = (on = app) => as(world.admin, on);
const auditOf = (targetId: string) =>
  dataOf<object[]>(
    supabase.service
      .from('audit_log')
      .select('actor_id, action, before, after, address, request_id')
      .eq('target_id', targetId)
      .order('id'),
  );

describe('a closed account', () => {
  let person: Person;
  const setActive = (ids: string[], active: boolean) =>
    admin().post('/api/admin/users/active', { ids, active });

  beforeEach(async () => {
    person = await createPerson(world.organization.id, 'student');
  });

  test('is out at once: its sessions, new ones, and the tables themselves', async () => {
    const problem = await createProblem(world.course, { position: Math.floor(Math.random() * 1e9) });
    const course = { course_id: world.course.id, organization_id: world.organization.id, user_id: person.id };
    await dataOf(supabase.service.from('enrolments').insert(course).select('user_id'));
    await startDraft(person.client, problem.id);
    const own = { users: 'id', organizations: 'id', courses: 'id', enrolments: 'user_id', drafts: 'version' };
    const seen = async (): Promise<Record<string, number>> => {
      const counts = Object.entries(own).map(async ([table, column]) => [
        table,
        (await dataOf<object[]>(person.client.from(table).select(column))).length > 0,
      ]);
      return Object.fromEntries(await Promise.all(counts));
    };
    expect(new Set(Object.values(await seen()))).toEqual(new Set([true]));
    await as(person).get('/api/me').expect(200);
    expect((await setActive([person.id], false).expect(200)).body).toEqual({ changed: 1 });

    for (const on of [app, otherApp]) {
      const answer = await as(person, on).get('/api/courses');
      expect(answer.body).toMatchObject({ status: 403, code: 'account_deactivated' });
    }
    const refreshed = await request(app)
      .post('/api/auth/refresh')
      .send({ refreshToken: person.refreshToken });
    expect(refreshed.status).toBe(401);
    const credentials = { email: person.email, password: testPassword };
    const login = await request(app).post('/api/auth/login').send(credentials);
    // GoTrue says so before it looks at the password, which would tell anybody whose account was closed.
    expect(login.body).toMatchObject({ status: 401, code: 'wrong_credentials' });
    const direct = await supabase.anonymous().auth.signInWithPassword(credentials);
    expect(direct.error?.code).toBe('user_banned');

    expect(new Set(Object.values(await seen()))).toEqual(new Set([false]));
    const draft = { problem: problem.id, language: 71, source: 'y', known_version: 1 };
    expect((await person.client.rpc('save_draft', draft)).error).toMatchObject({ code: '42501' });
  });

  test('is opened again with all that belonged to it', async () => {
    await setActive([person.id], false).expect(200);
    expect((await setActive([person.id], true).expect(200)).body).toEqual({ changed: 1 });
    const login = await request(app)
      .post('/api/auth/login')
      .send({ email: person.email, password: testPassword });
    expect(login.body.user).toMatchObject({ id: person.id, role: 'student' });
    expect(await auditOf(person.id)).toMatchObject([
      { action: 'user.deactivate', before: { active: true }, after: { active: false } },
      { action: 'user.reactivate', before: { active: false }, after: { active: true } },
    ]);
  });

  test('is found by its state, and closing it twice changes nothing', async () => {
    await setActive([person.id], false).expect(200);
    expect((await setActive([person.id], false)).body).toEqual({ changed: 0 });
    const closed = await admin().get('/api/admin/users').query({ state: 'deactivated', q: person.email });
    expect(closed.body.users).toMatchObject([{ id: person.id, deactivatedAt: expect.stringMatching(/Z$/) }]);
    expect(
      (await admin().get('/api/admin/users').query({ state: 'active', q: person.email })).body.total,
    ).toBe(0);
  });

  test('is never one’s own', async () => {
    const answer = await setActive([world.admin.id, person.id], false);
    expect(answer.body).toMatchObject({ status: 409, code: 'confirmation_required' });
    await as(person).get('/api/me').expect(200);
  });

  test('of an administrator counts no more: the other one is the last', async () => {
    const school = await createWorld();
    const other = await createPerson(school.organization.id, 'admin');
    await as(school.admin)
      .post('/api/admin/users/active', { ids: [other.id], active: false })
      .expect(200);
    const own = { ids: [school.admin.id], role: 'student', confirmOwn: true };
    expect((await as(school.admin).post('/api/admin/users/roles', own)).body.code).toBe('last_admin');
  });
});
