import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { mailsTo, tokenMailedTo } from '../../../test/mails.js';
import { createTestApp } from '../../../test/running-app.js';
import {
  createCourse,
  createPerson,
  createWorld,
  supabase,
  testPassword,
  unique,
  type World,
} from '../../../test/world.js';
import { createSupabase } from '../../lib/supabase.js';

const app = createTestApp();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});

const post = (address: string, body: object, on = app) => request(on).post(`/api/auth/${address}`).send(body);
const newcomer = (more: object = {}) => ({
  email: `${unique('newcomer')}@example.org`,
  password: testPassword,
  fullName: 'Ada Lovelace',
  ...more,
});
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const meOf = (token: string) => request(app).get('/api/me').set(bearer(token));

describe('registering', () => {
  test('makes a student who is signed in', async () => {
    const person = newcomer();
    const answer = await post('register', person).expect(201);
    expect(answer.body).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresAt: expect.stringMatching(/Z$/),
      secondFactor: 'none',
      user: {
        id: expect.any(String),
        email: person.email,
        fullName: 'Ada Lovelace',
        role: 'student',
        avatar: null,
        organization: { id: expect.any(String), slug: expect.any(String), name: expect.any(String) },
      },
    });
    expect((await meOf(answer.body.accessToken).expect(200)).body).toEqual(answer.body.user);
    expect(Date.parse(answer.body.expiresAt)).toBeGreaterThan(Date.now());
  });

  test('with a course code joins the course and its organization, however the code is typed', async () => {
    const enrolmentCode = ` ${world.course.enrolment_code.toLowerCase()} `;
    const answer = await post('register', newcomer({ enrolmentCode })).expect(201);
    expect(answer.body.user.organization.id).toBe(world.organization.id);
    const courses = await request(app).get('/api/courses').set(bearer(answer.body.accessToken)).expect(200);
    expect(courses.body.courses).toMatchObject([{ slug: world.course.slug, relation: 'learner' }]);
  });

  test('with the code of no course, or of one not published yet, makes no account', async () => {
    const draft = await createCourse(world.organization.id, world.instructor.id, { published: false });
    for (const enrolmentCode of ['NO-SUCH-CODE', draft.enrolment_code]) {
      const person = newcomer({ enrolmentCode });
      const answer = await post('register', person);
      expect(answer.body).toMatchObject({
        status: 422,
        code: 'unknown_enrolment_code',
        errors: [{ path: 'enrolmentCode', message: 'No course has this code.' }],
      });
      await post('login', person).expect(401);
    }
  });

  test('twice with one address, in any case, is refused', async () => {
    const person = newcomer();
    await post('register', person).expect(201);
    const answer = await post('register', { ...person, email: ` ${person.email.toUpperCase()} ` });
    expect(answer.body).toMatchObject({ status: 409, code: 'email_taken' });
  });

  test.each([
    ['a short password', { password: 'ninechars' }, 'password', 'Use at least 10 characters.'],
    ['a password over 72 bytes', { password: 'ü'.repeat(37) }, 'password', 'Use at most 72 characters.'],
    ['no name', { fullName: ' ' }, 'fullName', 'Enter your name.'],
    ['an address that is none', { email: 'ada@' }, 'email', 'This is not an e-mail address.'],
  ])('with %s says so', async (_what, change, field, message) => {
    const answer = await post('register', newcomer(change));
    expect(answer.body).toMatchObject({ status: 422, detail: message, errors: [{ path: field, message }] });
  });

  test('cannot choose a role or an organization, not even at the auth service itself', async () => {
    const { data: another } = await supabase.service
      .from('organizations')
      .insert({ slug: unique('school'), name: 'Another school' })
      .select('id')
      .single();
    const claims = { role: 'admin', organization_id: another?.id as string, full_name: 'Mallory' };
    const answer = await post('register', newcomer({ ...claims, data: claims, app_metadata: claims })).expect(
      201,
    );
    expect(answer.body.user.role).toBe('student');
    const { data } = await supabase
      .anonymous()
      .auth.signUp({ ...newcomer(), options: { data: { ...claims, app_metadata: claims } } });
    const me = await meOf(data.session?.access_token ?? '').expect(200);
    expect(me.body).toMatchObject({ role: 'student', fullName: 'Mallory' });
    expect(me.body.organization.id).not.toBe(another?.id);
  });
});

describe('signing in', () => {
  test('gives a session; a wrong password and an unknown address get one and the same answer', async () => {
    const { email } = world.learner;
    const session = await post('login', { email: email.toUpperCase(), password: testPassword }).expect(200);
    expect(session.body.user).toMatchObject({ id: world.learner.id, role: 'student' });
    const wrong = await post('login', { email, password: 'another password' }).expect(401);
    const unknown = await post('login', { email: 'nobody@example.org', password: testPassword }).expect(401);
    const comparable = ({ body, headers }: request.Response) => ({
      ...body,
      requestId: '',
      headers: Object.keys(headers).sort(),
    });
    expect(comparable(unknown)).toEqual(comparable(wrong));
    expect(wrong.body.code).toBe('wrong_credentials');
  });

  test('takes a password however its accents are typed, and with what a copy left at its ends', async () => {
    const composed = newcomer({ password: 'caf\u00e9 noir sans sucre' });
    await post('register', composed).expect(201);
    for (const password of [
      'cafe\u0301 noir sans sucre',
      ' caf\u00e9 noir sans sucre\n',
      '\u00a0cafe\u0301 noir sans sucre ',
    ]) {
      await post('login', { email: composed.email, password }).expect(200);
    }
    await post('login', { email: composed.email, password: 'cafe noir sans sucre' }).expect(401);
    const decomposed = newcomer({ password: 'cafe\u0301 noir sans sucre' });
    await post('register', decomposed).expect(201);
    await post('login', composed).expect(200);
    // Of before the rule, as the auth service got it; and one that really has blanks at its ends.
    for (const password of ['the\u0301 vert sans sucre', '  blanks at both ends  ']) {
      const email = `${unique('older')}@example.org`;
      await supabase.service.auth.admin.createUser({ email, password, email_confirm: true });
      await post('login', { email, password }).expect(200);
    }
  });

  test('says that the service is away when it is, and does not blame the password', async () => {
    const away = createTestApp({
      supabase: createSupabase({ url: 'http://127.0.0.1:9', anonKey: 'x', serviceRoleKey: 'x' }),
    });
    const bodies: [string, object][] = [
      ['login', { email: 'a@example.org', password: 'x' }],
      ['register', newcomer()],
      ['refresh', { refreshToken: 'x' }],
      ['password-reset', { email: 'a@example.org' }],
      ['password-reset/confirm', { token: 'x', password: testPassword }],
    ];
    for (const [address, body] of bodies) {
      const answer = await post(address, body, away);
      expect(answer.body).toMatchObject({ status: 503, code: 'database_unavailable', retryAfterSeconds: 5 });
      expect(answer.headers['retry-after']).toBe('5');
    }
    const logout = await request(away).post('/api/auth/logout').set(bearer(world.learner.accessToken));
    expect(logout.body).toMatchObject({ code: 'database_unavailable' });
  });
});

describe('a session', () => {
  test('is renewed by its refresh token', async () => {
    const person = await createPerson(world.organization.id, 'student');
    const answer = await post('refresh', { refreshToken: person.refreshToken }).expect(200);
    expect(answer.body.user.id).toBe(person.id);
    await meOf(answer.body.accessToken).expect(200);
  });

  test.each(['unknown', 'unknown-refresh-token', '{}', 'x'.repeat(2000)])(
    'is not renewed by %s, and one has to sign in again',
    async (refreshToken) => {
      const answer = await post('refresh', { refreshToken });
      expect(answer.body).toMatchObject({ status: 401, code: 'session_expired' });
    },
  );

  test('ends by signing out, with its refresh token; another session of the account goes on', async () => {
    const person = await createPerson(world.organization.id, 'student');
    const other = await post('login', { email: person.email, password: testPassword }).expect(200);
    await request(app).post('/api/auth/logout').set(bearer(person.accessToken)).expect(204);
    const ended = await meOf(person.accessToken);
    expect(ended.body).toMatchObject({ status: 401, code: 'session_expired' });
    const answer = await post('refresh', { refreshToken: person.refreshToken });
    expect(answer.body).toMatchObject({ status: 401, code: 'session_expired' });
    await post('refresh', { refreshToken: other.body.refreshToken }).expect(200);
  });

  test('of an account that was deleted is refused', async () => {
    const person = await createPerson(world.organization.id, 'student');
    const { error } = await supabase.service.from('users').delete().eq('id', person.id);
    expect(error).toBeNull();
    const requests = [
      request(app).get('/api/me'),
      request(app).get('/api/dashboard'),
      request(app).get('/api/courses'),
      request(app).get(`/api/problems/${world.problem.slug}`),
      request(app).post('/api/enrolments').send({ code: world.course.enrolment_code }),
      request(app)
        .post('/api/submissions')
        .send({ problemSlug: world.problem.slug, languageId: 71, sourceCode: 'x' }),
    ];
    const statuses = await Promise.all(requests.map((each) => each.set(bearer(person.accessToken))));
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
  });
});

describe('a forgotten password', () => {
  const unknownAddress = `${unique('nobody')}@example.org`;
  const tokenFor = async (email: string): Promise<string> => {
    await post('password-reset', { email }).expect(202);
    return tokenMailedTo(email, 'password_reset');
  };

  test('is asked for with the same answer whether the address is known or not', async () => {
    const known = await post('password-reset', { email: world.learner.email });
    const unknown = await post('password-reset', { email: unknownAddress });
    expect(unknown.status).toBe(known.status);
    expect(unknown.body).toEqual(known.body);
    expect(known.body).toEqual({ status: 'kept' });
    // What becomes of it is found out later, by the worker.
    const kinds = async (email: string) => (await mailsTo(email)).map(({ kind }) => kind);
    expect(await kinds(world.learner.email)).toEqual(['welcome', 'enrolled', 'password_reset']);
    expect(await kinds(unknownAddress)).toEqual(['password_reset']);
    await expect(tokenMailedTo(unknownAddress, 'password_reset')).rejects.toThrow();
  });

  test('on a server without mail is in the list of the administrators, and says so', async () => {
    const withoutMail = createTestApp({ mailMode: 'off' });
    const answer = await post('password-reset', { email: unknownAddress }, withoutMail).expect(202);
    expect(answer.body).toEqual({ status: 'mail_off' });
  });

  test('is replaced by the mailed link, once; old password and old sessions end', async () => {
    const person = await createPerson(world.organization.id, 'student');
    const token = await tokenFor(person.email);
    const next = 'another long password';
    await post('password-reset/confirm', { token, password: next }).expect(204);
    await post('login', { email: person.email, password: testPassword }).expect(401);
    await post('login', { email: person.email, password: next }).expect(200);
    await post('refresh', { refreshToken: person.refreshToken }).expect(401);
    const again = await post('password-reset/confirm', { token, password: testPassword });
    expect(again.body).toMatchObject({ status: 422, code: 'reset_link_invalid' });
    await post('login', { email: person.email, password: next }).expect(200);
  });

  test('may be set again to what it was', async () => {
    const person = await createPerson(world.organization.id, 'student');
    const token = await tokenFor(person.email);
    await post('password-reset/confirm', { token, password: testPassword }).expect(204);
    await post('login', { email: person.email, password: testPassword }).expect(200);
    await post('refresh', { refreshToken: person.refreshToken }).expect(401);
  });

  test('is not replaced by a weak one, and the link stays good', async () => {
    const person = await createPerson(world.organization.id, 'student');
    const token = await tokenFor(person.email);
    await post('password-reset/confirm', { token, password: 'short' }).expect(422);
    await post('password-reset/confirm', { token, password: 'another long password' }).expect(204);
  });
});
