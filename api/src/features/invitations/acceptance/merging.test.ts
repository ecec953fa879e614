/** Somebody is invited and registers without the link: what becomes of the invitation, and what nobody gets by it. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp } from '../../../../test/running-app.js';
import { requestsBy } from '../../../../test/requests.js';
import { createWorld, supabase, testPassword, unique, type World } from '../../../../test/world.js';
import { dataOf } from '../../../lib/supabase.js';

const app = createTestApp();
const patienceMs = 180_000;
let world: World;
let other: World;

beforeAll(async () => {
  [world, other] = [await createWorld(), await createWorld()];
}, patienceMs);

const newAddress = () => `${unique('invited')}@example.org`;
const inviteBy = async (by: World, email: string, more: object = {}) => {
  const answer = await requestsBy(app, by.admin).post('/api/admin/invitations', {
    email,
    fullName: 'Grace Hopper',
    role: 'student',
    ...more,
  });
  return {
    status: answer.status,
    body: answer.body,
    token: new URL(answer.body.url ?? 'x:').searchParams.get('token'),
  };
};
const register = async (email: string, more: object = {}) =>
  (
    await request(app)
      .post('/api/auth/register')
      .send({ email, password: testPassword, fullName: 'Grace Hopper', ...more })
      .expect(201)
  ).body;
const accept = (token: string | null, more: object = {}) =>
  request(app)
    .post('/api/auth/invitation/accept')
    .send({ token, fullName: 'Grace Hopper', password: testPassword, ...more });
const profileOf = (email: string) =>
  dataOf<{ role: string; organization_id: string }>(
    supabase.service.from('users').select('role, organization_id').eq('email', email).single(),
  );
const acceptedAt = async (email: string) =>
  (
    await dataOf<{ accepted_at: string | null }[]>(
      supabase.service.from('invitations').select('accepted_at').eq('email', email),
    )
  ).map(({ accepted_at: at }) => at !== null);

describe('an invited address that registers first', () => {
  test(
    'is in the course, and its invitation is accepted',
    async () => {
      const email = newAddress();
      await inviteBy(world, email, { courseSlug: world.course.slug });
      const session = await register(email);
      expect(await acceptedAt(email)).toEqual([true]);
      expect(await profileOf(email)).toEqual({ role: 'student', organization_id: world.organization.id });
      const courses = await requestsBy(app, session).get('/api/courses').expect(200);
      expect(courses.body.courses).toMatchObject([{ slug: world.course.slug }]);
    },
    patienceMs,
  );

  test(
    'gets no role of the staff by that: the address is not proven',
    async () => {
      const email = newAddress();
      await inviteBy(world, email, { role: 'admin' });
      await register(email, { enrolmentCode: world.course.enrolment_code });
      expect(await profileOf(email)).toMatchObject({ role: 'student' });
      expect(await acceptedAt(email)).toEqual([false]);
    },
    patienceMs,
  );

  test(
    'gets it by the link with the password of the account, at once',
    async () => {
      const email = newAddress();
      const { token } = await inviteBy(world, email, { role: 'instructor' });
      const session = await register(email, { enrolmentCode: world.course.enrolment_code });
      await requestsBy(app, session).get('/api/me').expect(200);
      const wrong = await accept(token, { password: 'certainly another password' });
      expect(wrong.body).toMatchObject({ status: 409, code: 'email_taken' });
      expect(wrong.body.detail).toContain('Enter its password');
      expect((await accept(token).expect(201)).body).toEqual({ email });
      expect((await requestsBy(app, session).get('/api/me')).body.role).toBe('instructor');
      expect(await acceptedAt(email)).toEqual([true]);
      expect((await accept(token)).body).toMatchObject({ status: 422, code: 'invitation_invalid' });
    },
    patienceMs,
  );

  test(
    'gets it when the address is confirmed by a mailed link',
    async () => {
      const email = newAddress();
      await inviteBy(world, email, { role: 'instructor' });
      const { data } = await supabase.service.auth.admin.createUser({
        email,
        password: testPassword,
        email_confirm: false,
        user_metadata: { full_name: 'Grace Hopper', enrolment_code: world.course.enrolment_code },
      });
      expect(await profileOf(email)).toMatchObject({ role: 'student' });
      await supabase.service.auth.admin.updateUserById(data.user?.id ?? '', { email_confirm: true });
      expect(await profileOf(email)).toMatchObject({ role: 'instructor' });
    },
    patienceMs,
  );
});

describe('an address that has an account at another school', () => {
  test(
    'is invited like one that nobody has',
    async () => {
      const email = newAddress();
      await register(email, { enrolmentCode: other.course.enrolment_code });
      const [known, unknown] = [await inviteBy(world, email), await inviteBy(world, newAddress())];
      expect([known.status, Object.keys(known.body)]).toEqual([unknown.status, Object.keys(unknown.body)]);
      const { body } = await requestsBy(app, world.admin).post('/api/admin/invitations/import', {
        csv: `email\n${email}\n`,
        dryRun: true,
      });
      expect(JSON.stringify(body)).not.toMatch(/elsewhere|another school/);
      // Only its owner, who has the link and the password, is told.
      expect((await accept(known.token)).body).toMatchObject({ status: 409, code: 'email_taken' });
      expect(await profileOf(email)).toEqual({ role: 'student', organization_id: other.organization.id });
    },
    patienceMs,
  );
});
