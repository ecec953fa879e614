import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { submitProgram } from '../../../test/judged-submission.js';
import { createTestApp } from '../../../test/running-app.js';
import { createPerson, createWorld, supabase, unique, type Person, type World } from '../../../test/world.js';
import { dataOf } from '../../lib/supabase.js';

const app = createTestApp();
const address = '/api/admin/audit';
let world: World;
let second: Person;

const record = (actor: Person, action: string, more: object = {}) =>
  dataOf(
    supabase.service.rpc('record_audit', {
      origin: { actor: actor.id, address: '192.0.2.7', requestId: 'request-of-a-test' },
      action,
      target_type: 'user',
      target_id: world.learner.id,
      before: null,
      after: null,
      ...more,
    }),
  );

beforeAll(async () => {
  world = await createWorld();
  second = await createPerson(world.organization.id, 'admin');
  await record(world.admin, 'user.change_role', {
    before: { role: 'student' },
    after: { role: 'instructor' },
  });
  await record(second, 'cache.flush', { target_type: 'cache', target_id: 'all' });
  await record(world.admin, 'user.deactivate', { before: { active: true }, after: { active: false } });
});

const list = (query: object = {}, person = world.admin) =>
  request(app)
    .get(address)
    .query(query)
    .set({ Authorization: `Bearer ${person.accessToken}` });
const actions = ({ body }: request.Response) => body.entries.map(({ action }: { action: string }) => action);

describe('the audit log', () => {
  test('says who did what to whom, when and from where, before and after, newest first', async () => {
    const answer = await list().expect(200);
    expect(actions(answer)).toEqual(['user.deactivate', 'cache.flush', 'user.change_role']);
    expect(answer.body.entries[2]).toEqual({
      id: expect.any(Number),
      actorId: world.admin.id,
      actorName: 'The admin',
      action: 'user.change_role',
      targetType: 'user',
      targetId: world.learner.id,
      targetName: 'The student',
      before: { role: 'student' },
      after: { role: 'instructor' },
      address: '192.0.2.7',
      requestId: 'request-of-a-test',
      createdAt: expect.stringMatching(/Z$/),
    });
    expect(answer.body.actions).toEqual(['cache.flush', 'user.change_role', 'user.deactivate']);
  });

  test('is paged without losing or doubling a row', async () => {
    const first = await list({ limit: 2 });
    const next = await list({ limit: 2, before: first.body.nextBefore });
    expect([...actions(first), ...actions(next)]).toEqual([
      'user.deactivate',
      'cache.flush',
      'user.change_role',
    ]);
    expect(next.body.nextBefore).toBeNull();
  });

  test('is filtered by act, actor, target, day and text', async () => {
    const today = new Date().toISOString().slice(0, 10);
    expect(actions(await list({ action: 'cache.flush' }))).toEqual(['cache.flush']);
    expect(actions(await list({ actor: second.id }))).toEqual(['cache.flush']);
    expect(actions(await list({ target: world.learner.id }))).toHaveLength(2);
    expect(actions(await list({ q: 'INSTRUCTOR' }))).toEqual(['user.change_role']);
    expect(actions(await list({ q: '192.0.2.7' }))).toHaveLength(3);
    expect(actions(await list({ from: today, to: today }))).toHaveLength(3);
    expect(actions(await list({ to: '2020-01-01' }))).toEqual([]);
    expect(actions(await list({ from: '2999-01-01' }))).toEqual([]);
  });

  test('as CSV holds all that fits, with no formula, and says that it was taken', async () => {
    await record(world.admin, 'test.act', { target_type: 'test', target_id: '=1+1' });
    const answer = await request(app)
      .get(`${address}/export`)
      .query({ actor: world.admin.id })
      .set({ Authorization: `Bearer ${world.admin.accessToken}` })
      .expect(200);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename=audit-log-/);
    const lines = answer.text.trim().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain('audit.export');
    expect(lines[2]).toContain(",'=1+1,");
    expect(lines[4]).toContain('"{""role"":""student""}"');
  });

  test.each([
    ['a day that is none', { from: 'yesterday' }],
    ['an actor that is none', { actor: 'me' }],
    ['a cursor that is none', { before: 'x' }],
  ])('with %s is refused', async (_what, query) => {
    await list(query).expect(422);
  });

  test('is for administrators of the organization only', async () => {
    await list({}, world.instructor).expect(403);
    await list({}, world.learner).expect(403);
    expect((await list({ q: unique('x') }, (await createWorld()).admin)).body.entries).toEqual([]);
    const foreign = await createWorld();
    expect((await list({}, foreign.admin)).body).toMatchObject({ entries: [], actions: [] });
  });
});

test('the overview counts the organization’s people, work and mails, and nobody else’s', async () => {
  const overview = (person: Person) =>
    request(app)
      .get('/api/admin/overview')
      .set({ Authorization: `Bearer ${person.accessToken}` });
  await submitProgram(world.learner.client, world.problem.id);
  const { body } = await overview(world.admin).expect(200);
  expect(body).toMatchObject({
    people: { students: 1, instructors: 1, admins: 2, deactivated: 0 },
    openInvitations: 0,
    courses: 1,
    week: { learners: 1, submissions: 1 },
    mails: { failed: 0 },
  });
  expect(body.queue.queued).toBeGreaterThanOrEqual(1);
  const foreign = await createWorld();
  expect((await overview(foreign.admin)).body.week).toEqual({ learners: 0, submissions: 0 });
  await overview(world.instructor).expect(403);
});
