import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp } from '../../../test/running-app.js';
import { createWorld, supabase, testPassword, unique, type Person, type World } from '../../../test/world.js';
import { dataOf } from '../../lib/supabase.js';

const app = createTestApp();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});

const newAddress = () => `${unique('invited')}@example.org`;
const as = ({ accessToken }: Person) => {
  const header = { Authorization: `Bearer ${accessToken}` };
  return {
    get: (path: string) => request(app).get(path).set(header),
    post: (path: string, body: object = {}) => request(app).post(path).set(header).send(body),
    delete: (path: string) => request(app).delete(path).set(header),
  };
};
const admin = () => as(world.admin);
const base = '/api/admin/invitations';
const tokenOf = (url: string): string => new URL(url).searchParams.get('token') ?? '';
const invite = async (more: object = {}) => {
  const request = { email: newAddress(), fullName: 'Grace Hopper', role: 'student', ...more };
  const { body } = await admin().post(base, request).expect(201);
  return { id: body.id as string, email: request.email, url: body.url as string, token: tokenOf(body.url) };
};
const read = (token: string) => request(app).get('/api/auth/invitation').query({ token });
const accept = (token: string, more: object = {}) =>
  request(app)
    .post('/api/auth/invitation/accept')
    .send({ token, fullName: 'Grace Hopper', password: testPassword, ...more });
const signIn = async (email: string) =>
  (await request(app).post('/api/auth/login').send({ email, password: testPassword }).expect(200)).body;
const expire = (id: string) =>
  dataOf(
    supabase.service
      .from('invitations')
      .update({ expires_at: '2020-01-01T00:00:00Z' })
      .eq('id', id)
      .select('id'),
  );
const mailsTo = (email: string) =>
  dataOf<{ kind: string; state: string; data: { path?: string } }[]>(
    supabase.service
      .from('mails')
      .select('kind, state, data')
      .eq('recipient', email)
      .eq('kind', 'invitation'),
  );
const stateOf = async (email: string) =>
  (await admin().get(base).query({ q: email })).body.invitations.map(({ state }: { state: string }) => state);
const actsOn = async (id: string) =>
  (
    await dataOf<{ action: string }[]>(
      supabase.service.from('audit_log').select('action').eq('target_id', id).order('id'),
    )
  ).map(({ action }) => action);

describe('an invitation', () => {
  test('is mailed, can be handed over, and makes the account that it names', async () => {
    const { id, email, token, url } = await invite({ courseSlug: world.course.slug });
    expect(url).toMatch(/^http:\/\/localhost:3000\/invitation\?token=[\w-]{43}$/);
    expect(await mailsTo(email)).toMatchObject([
      { state: 'queued', data: { path: `/invitation?token=${token}` } },
    ]);
    expect((await read(token).expect(200)).body).toMatchObject({
      email,
      fullName: 'Grace Hopper',
      role: 'student',
      courseTitle: 'A course',
      organizationName: 'A school',
    });
    expect((await accept(token, { fullName: 'Grace M. Hopper' }).expect(201)).body).toEqual({ email });
    const { user, accessToken } = await signIn(email);
    expect(user).toMatchObject({
      fullName: 'Grace M. Hopper',
      role: 'student',
      organization: { id: world.organization.id },
    });
    const courses = await request(app)
      .get('/api/courses')
      .set({ Authorization: `Bearer ${accessToken}` });
    expect(courses.body.courses).toMatchObject([{ slug: world.course.slug, relation: 'learner' }]);
    expect(await stateOf(email)).toEqual(['accepted']);
    expect(await actsOn(id)).toEqual(['invitation.create', 'invitation.accept']);
    const { data } = await supabase.anonymous().auth.signInWithPassword({ email, password: testPassword });
    expect(data.user?.user_metadata).not.toHaveProperty('invitation_token');
  });

  test('of staff gives the role, whoever may register otherwise', async () => {
    const { email, token } = await invite({ role: 'instructor' });
    await accept(token).expect(201);
    expect((await signIn(email)).user.role).toBe('instructor');
  });

  test('is good once, also for two at the same moment', async () => {
    const { token } = await invite();
    const answers = await Promise.all([accept(token), accept(token)]);
    expect(answers.map(({ status }) => status).sort()).not.toEqual([201, 201]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await accept(token)).body).toMatchObject({ status: 422, code: 'invitation_invalid' });
    expect((await read(token)).body.code).toBe('invitation_invalid');
  });

  test('that has run out or was never given out is good for nothing', async () => {
    const { id, email, token } = await invite();
    await expire(id);
    expect((await accept(token)).body.detail).toContain('has run out');
    expect((await read('x'.repeat(43))).body.detail).toContain('never given out');
    expect(await stateOf(email)).toEqual(['expired']);
    const direct = await supabase.anonymous().auth.signUp({
      email,
      password: testPassword,
      options: { data: { invitation_token: token } },
    });
    expect(direct.error).not.toBeNull();
  });

  test('is for its own address only, also at the auth service itself', async () => {
    const { token } = await invite({ role: 'admin' });
    const thief = await supabase.anonymous().auth.signUp({
      email: newAddress(),
      password: testPassword,
      options: { data: { invitation_token: token } },
    });
    expect(thief.error).not.toBeNull();
    await read(token).expect(200);
  });

  test('wants a good password and a name, and stays good meanwhile', async () => {
    const { token } = await invite();
    expect((await accept(token, { password: 'short' })).status).toBe(422);
    expect((await accept(token, { password: 'password1234' })).status).toBe(422);
    expect((await accept(token, { fullName: ' ' })).status).toBe(422);
    await accept(token).expect(201);
  });

  test('can be shown again, sent again after a minute, and withdrawn with its mail', async () => {
    const { id, email, token, url } = await invite();
    expect((await admin().post(`${base}/${id}/link`).expect(200)).body).toEqual({ id, email, url });
    expect((await admin().post(`${base}/${id}/resend`)).body).toMatchObject({
      status: 429,
      retryAfterSeconds: 60,
    });
    const sentAt = '2026-01-01T00:00:00Z';
    await dataOf(supabase.service.from('invitations').update({ sent_at: sentAt }).eq('id', id).select('id'));
    await expire(id);
    await admin().post(`${base}/${id}/resend`).expect(204);
    await read(token).expect(200);
    expect(await mailsTo(email)).toHaveLength(2);
    await admin().delete(`${base}/${id}`).expect(204);
    expect((await accept(token)).body.detail).toContain('withdrawn');
    expect((await mailsTo(email)).map(({ state, data }) => [state, data])).toEqual([
      ['discarded', {}],
      ['discarded', {}],
    ]);
    expect((await admin().delete(`${base}/${id}`)).body.code).toBe('invitation_invalid');
    await admin().post(`${base}/${id}/link`).expect(404);
    expect(await actsOn(id)).toEqual([
      'invitation.create',
      'invitation.show_link',
      'invitation.resend',
      'invitation.withdraw',
    ]);
    await invite({ email });
    expect(await stateOf(email)).toEqual(['open', 'withdrawn']);
  });

  test('is not made for somebody who is there, or is invited already', async () => {
    const { email } = await invite();
    const again = await admin().post(base, { email, role: 'student' });
    expect(again.body).toMatchObject({ status: 409, code: 'already_invited' });
    const member = await admin().post(base, { email: world.learner.email, role: 'admin' });
    expect(member.body).toMatchObject({ status: 409, code: 'email_taken' });
    // What other schools have is nobody's business here.
    const foreign = await createWorld();
    await admin().post(base, { email: foreign.learner.email, role: 'student' }).expect(201);
  });

  test.each([
    ['an address that is none', { email: 'grace@' }, 'email'],
    ['an unknown role', { role: 'owner' }, 'role'],
    ['an unknown course', { courseSlug: 'no-such-course' }, 'courseSlug'],
  ])('with %s is refused', async (_what, change, field) => {
    const answer = await admin().post(base, { email: newAddress(), role: 'student', ...change });
    expect(answer.body).toMatchObject({ status: 422, errors: [{ path: field }] });
  });

  test('of another organization is neither seen nor touched', async () => {
    const { id } = await invite();
    const foreign = as((await createWorld()).admin);
    expect((await foreign.get(base)).body).toEqual({ total: 0, invitations: [] });
    await foreign.post(`${base}/${id}/link`).expect(404);
    await foreign.post(`${base}/${id}/resend`).expect(404);
    await foreign.delete(`${base}/${id}`).expect(404);
    await as(world.instructor).get(base).expect(403);
    await as(world.learner).post(base, { email: newAddress(), role: 'admin' }).expect(403);
  });
});

describe('a list of people', () => {
  const importList = (csv: string, dryRun: boolean) => admin().post(`${base}/import`, { csv, dryRun });

  test('is looked at first, changing nothing, and then invited with the same report, once', async () => {
    const [one, two] = [newAddress(), newAddress()];
    const csv = [
      'email,name,role,course',
      `${one},"=HYPERLINK(""x"")",student,${world.course.slug}`,
      `${two},Mary,teacher,`,
      `${world.learner.email},Already,,`,
      'nonsense,,,',
      `${one},Twice,,`,
    ].join('\n');
    const outcomesOf = ({ body }: request.Response) =>
      body.rows.map(({ line, outcome }: { line: number; outcome: string }) => [line, outcome]);
    const expected = [
      [2, 'invite'],
      [3, 'invite'],
      [4, 'member'],
      [5, 'invalid'],
      [6, 'duplicate'],
    ];
    const dry = await importList(csv, true).expect(200);
    expect([outcomesOf(dry), dry.body.dryRun]).toEqual([expected, true]);
    expect([await mailsTo(one), await stateOf(one)]).toEqual([[], []]);
    const wet = await importList(csv, false).expect(200);
    expect([outcomesOf(wet), wet.body.counts]).toEqual([expected, dry.body.counts]);
    expect([(await mailsTo(one)).length, await stateOf(one), await stateOf(two)]).toEqual([
      1,
      ['open'],
      ['open'],
    ]);
    const again = await importList(csv, false).expect(200);
    expect(again.body.counts).toMatchObject({ invite: 0, invited: 2, member: 1, invalid: 1, duplicate: 1 });
    expect(await mailsTo(one)).toHaveLength(1);
  });

  test('of some thousand is invited with few requests to the database', async () => {
    const asked: string[] = [];
    const counting = createTestApp({
      supabase: {
        ...supabase,
        service: new Proxy(supabase.service, {
          get: (client, member, receiver) => {
            if (member === 'rpc' || member === 'from') asked.push(String(member));
            return Reflect.get(client, member, receiver) as unknown;
          },
        }),
      },
    });
    const tag = unique('many');
    const csv = `email,name\n${Array.from({ length: 2000 }, (_, at) => `${tag}-${at}@example.org,Person ${at}`).join('\n')}`;
    const answer = await request(counting)
      .post(`${base}/import`)
      .set({ Authorization: `Bearer ${world.admin.accessToken}` })
      .send({ csv, dryRun: false })
      .expect(200);
    expect(answer.body.counts.invite).toBe(2000);
    // The addresses, the courses, and a transaction for each 500.
    expect(asked).toHaveLength(6);
    expect((await admin().get(base).query({ q: tag, pageSize: 1 })).body.total).toBe(2000);
  }, 120_000);

  test('that cannot be read says where', async () => {
    const answer = await importList('email,name\nada@example.org,"Ada', true);
    expect(answer.body).toMatchObject({ status: 422, errors: [{ path: 'csv' }] });
    await importList('', true).expect(422);
    await as(world.instructor).post(`${base}/import`, { csv: 'a@example.org', dryRun: true }).expect(403);
  });
});

test('invitations are listed newest first, by page and state', async () => {
  const school = await createWorld();
  for (const name of ['a', 'b', 'c']) {
    await as(school.admin)
      .post(base, { email: `${name}-${newAddress()}`, role: 'student' })
      .expect(201);
  }
  const page = await as(school.admin).get(base).query({ pageSize: 2 }).expect(200);
  expect(page.body.total).toBe(3);
  expect(page.body.invitations.map(({ email }: { email: string }) => email[0])).toEqual(['c', 'b']);
  expect((await as(school.admin).get(base).query({ state: 'accepted' })).body.total).toBe(0);
});
