/** What makes an account safe again leaves no mailed link open, and its owner hears of every change. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { mailsTo, tokenMailedTo } from '../../../test/mails.js';
import { requestsBy } from '../../../test/requests.js';
import { createTestApp } from '../../../test/running-app.js';
import { setUp } from '../../../test/second-factor.js';
import {
  createPerson,
  createWorld,
  supabase,
  testPassword,
  unique,
  type Person,
  type World,
} from '../../../test/world.js';
import { dataOf } from '../../lib/supabase.js';

const app = createTestApp();
const patienceMs = 180_000;
const nextPassword = 'purple tractor on the moon';
let world: World;

beforeAll(async () => {
  world = await createWorld();
}, patienceMs);

const newLearner = () => createPerson(world.organization.id, 'student');
const login = (email: string, password = testPassword) =>
  request(app).post('/api/auth/login').send({ email, password });
const confirmEmail = (token: string) => request(app).post('/api/auth/email/confirm').send({ token });
const resetPassword = (token: string) =>
  request(app).post('/api/auth/password-reset/confirm').send({ token, password: 'a third long password' });

/** Asks for another address as whoever has the session and the password; the token of the mailed link. */
const askForAddress = async (person: Person): Promise<{ email: string; token: string }> => {
  const email = `${unique('thief')}@example.org`;
  await requestsBy(app, person).put('/api/me/email', { currentPassword: testPassword, email }).expect(202);
  return { email, token: await tokenMailedTo(email, 'email_change') };
};
const askForReset = async (email: string): Promise<string> => {
  await request(app).post('/api/auth/password-reset').send({ email }).expect(202);
  return tokenMailedTo(email, 'password_reset');
};

const changePassword = (person: Person) =>
  requestsBy(app, person)
    .put('/api/me/password', { currentPassword: testPassword, password: nextPassword })
    .expect(200);

const remedies: [string, (person: Person) => Promise<unknown>][] = [
  ['a new password', (person) => changePassword(person)],
  ['a reset password', async (person) => resetPassword(await askForReset(person.email)).expect(204)],
  [
    'signing out everywhere',
    (person) =>
      request(app)
        .delete('/api/me/sessions')
        .set('Authorization', `Bearer ${person.accessToken}`)
        .expect(204),
  ],
  [
    'deactivating the account',
    (person) =>
      requestsBy(app, world.admin)
        .post('/api/admin/users/active', { ids: [person.id], active: false })
        .expect(200),
  ],
];

describe('a change of address that waits for its link', () => {
  test.each(remedies)(
    'ends by %s, also when its mail is only being sent then',
    async (_what, remedy) => {
      const person = await newLearner();
      const { email, token } = await askForAddress(person);
      await remedy(person);
      expect((await confirmEmail(token)).body).toMatchObject({ status: 422, code: 'reset_link_invalid' });
      // The worker had the mail already, and makes its link after the remedy.
      const { data } = await supabase.service.auth.admin.generateLink({
        type: 'email_change_new',
        email: person.email,
        newEmail: email,
      });
      const late = new URL(data.properties?.action_link ?? '').searchParams.get('token') ?? '';
      expect(late).not.toBe('');
      expect((await confirmEmail(late)).body).toMatchObject({ status: 422, code: 'reset_link_invalid' });
      await login(email).expect(401);
      const { email: now } = await dataOf<{ email: string }>(
        supabase.service.from('users').select('email').eq('id', person.id).single(),
      );
      expect(now).toBe(person.email);
    },
    patienceMs,
  );

  test(
    'that is asked for after it works',
    async () => {
      const person = await newLearner();
      await askForAddress(person);
      const { body: session } = await changePassword(person);
      const email = `${unique('own')}@example.org`;
      await requestsBy(app, session)
        .put('/api/me/email', { currentPassword: nextPassword, email })
        .expect(202);
      await confirmEmail(await tokenMailedTo(email, 'email_change')).expect(204);
      await login(email, nextPassword).expect(200);
    },
    patienceMs,
  );
});

describe('a link to a new password', () => {
  test.each([
    ...remedies.filter(([what]) => what !== 'a reset password'),
    [
      'another address',
      async (person: Person) => confirmEmail((await askForAddress(person)).token).expect(204),
    ] as const,
  ])(
    'ends by %s',
    async (_what, remedy) => {
      const person = await newLearner();
      const token = await askForReset(person.email);
      await remedy(person);
      expect((await resetPassword(token)).body).toMatchObject({ status: 422, code: 'reset_link_invalid' });
      await login(person.email, 'a third long password').expect(401);
    },
    patienceMs,
  );
});

describe('the owner is told', () => {
  const changes = async (email: string): Promise<unknown[]> =>
    (await mailsTo(email))
      .filter(({ kind }) => kind === 'account_changed')
      .map(({ data }) => [data['change'], data['newEmail'] ?? null]);

  test(
    'at the old address when another one is asked for, and when it holds',
    async () => {
      const person = await newLearner();
      const { email, token } = await askForAddress(person);
      expect(await changes(person.email)).toEqual([['email_requested', email]]);
      await confirmEmail(token).expect(204);
      expect(await changes(person.email)).toEqual([
        ['email_requested', email],
        ['email', email],
      ]);
      expect(await changes(email)).toEqual([]);
    },
    patienceMs,
  );

  test(
    'of each new password, and not of the first one',
    async () => {
      const person = await newLearner();
      expect(await changes(person.email)).toEqual([]);
      await changePassword(person);
      await resetPassword(await askForReset(person.email)).expect(204);
      expect(await changes(person.email)).toEqual([
        ['password', null],
        ['password', null],
      ]);
    },
    patienceMs,
  );

  test(
    'when two-factor authentication is turned on, and off',
    async () => {
      const person = await createPerson(world.organization.id, 'instructor');
      await setUp(person);
      expect(await changes(person.email)).toEqual([['second_factor_on', null]]);
      await dataOf(
        supabase.service.from('second_factors').delete().eq('user_id', person.id).select('user_id'),
      );
      expect(await changes(person.email)).toEqual([
        ['second_factor_on', null],
        ['second_factor_off', null],
      ]);
    },
    patienceMs,
  );
});
