import type { Express } from 'express';
import request from 'supertest';
import { linkMailedTo, tokenMailedTo } from './mails.js';
import { as } from './requests.js';
import { createTestApp } from './running-app.js';
import { smallPng } from './sample-files.js';
import { codeOf, setUp, signIn } from './second-factor.js';
import { upload } from './uploads.js';
import { createCourse, createProblem, testPassword, unique, type Person, type World } from './world.js';

type Session = Pick<Person, 'accessToken'>;
/** Who reads what. */
export type Reading = [reader: Session, path: string];

/** A write, who reads something else after it, and what; or why no cached read can change by it. */
export interface Effect {
  prepare?: (world: World) => Promise<unknown>;
  act: (app: Express, world: World, prepared: never) => PromiseLike<{ status: number; body: unknown }>;
  changes: (world: World, prepared: never) => Reading[];
}

/** A request by somebody. */
export const send = (
  app: Express,
  person: Session,
  method: 'post' | 'put' | 'patch' | 'delete',
  path: string,
  body?: object,
) => request(app)[method](path).set(as(person)).send(body);

const effect = <Prepared>(definition: {
  prepare?: (world: World) => Promise<Prepared>;
  act: (app: Express, world: World, prepared: Prepared) => PromiseLike<{ status: number; body: unknown }>;
  changes: (world: World, prepared: Prepared) => Reading[];
}): Effect => definition;

/** Sessions that end: whatever they read is refused from then on. */
const meOf = (session: Session): Reading => [session, '/api/me'];

const anotherSession = (person: Person) => async (): Promise<Session> => signIn(person);

const anotherCourse = ({ organization, instructor }: World) => createCourse(organization.id, instructor.id);

const notCached = (what: string) => `${what} are not cached`;

/** Every write of the api, and what it changes of that which is cached. */
export const writes: Record<string, Effect | string> = {
  'POST /api/auth/register': 'nobody has read anything for a new account',
  'POST /api/auth/invitation/accept': 'nobody has read anything for a new account',
  'POST /api/auth/login': 'a new session has a key of its own',
  'POST /api/auth/refresh': 'a session stays the same when its tokens are renewed',
  'POST /api/auth/logout': effect({
    act: (app, { learner }) => send(app, learner, 'post', '/api/auth/logout'),
    changes: ({ learner }) => [meOf(learner), [learner, '/api/dashboard']],
  }),
  'POST /api/auth/password-reset': 'it sends a mail',
  'POST /api/auth/password-reset/confirm': effect({
    prepare: async ({ learner }) => {
      await request(createTestApp()).post('/api/auth/password-reset').send({ email: learner.email });
      return tokenMailedTo(learner.email, 'password_reset');
    },
    act: (app, _world, token) =>
      request(app)
        .post('/api/auth/password-reset/confirm')
        .send({ token, password: 'quite another password' }),
    changes: ({ learner }) => [meOf(learner)],
  }),
  'POST /api/auth/confirmation': 'it sends a mail',
  'POST /api/auth/confirm': 'before its address is confirmed an account has no session',
  'POST /api/auth/second-factor': effect({
    prepare: async ({ instructor }) => {
      const { secret } = await setUp(instructor);
      return { session: await signIn(instructor), secret };
    },
    act: (app, _world, { session, secret }) =>
      send(app, session, 'post', '/api/auth/second-factor', { code: codeOf(secret) }),
    changes: (_world, { session }) => [[session, '/api/dashboard']],
  }),
  'POST /api/auth/email/confirm': effect({
    prepare: async ({ learner }) => {
      const email = `${unique('new')}@example.org`;
      await send(createTestApp(), learner, 'put', '/api/me/email', { currentPassword: testPassword, email });
      return (await linkMailedTo(email, 'email_change')).searchParams.get('token');
    },
    act: (app, _world, token) => request(app).post('/api/auth/email/confirm').send({ token }),
    changes: ({ learner }) => [meOf(learner)],
  }),
  'PUT /api/me': effect({
    act: (app, { instructor }) => send(app, instructor, 'put', '/api/me', { fullName: 'Grace Hopper' }),
    changes: ({ instructor, learner, course }) => [
      meOf(instructor),
      [learner, `/api/courses/${course.slug}`],
      [learner, '/api/courses'],
    ],
  }),
  'PUT /api/me/password': effect({
    act: (app, { learner }) =>
      send(app, learner, 'put', '/api/me/password', {
        currentPassword: testPassword,
        password: 'quite another password',
      }),
    changes: ({ learner }) => [meOf(learner)],
  }),
  'PUT /api/me/email': 'the address changes when its mail is answered',
  'DELETE /api/me/sessions': effect({
    prepare: ({ learner }) => anotherSession(learner)(),
    act: (app, { learner }) => send(app, learner, 'delete', '/api/me/sessions'),
    changes: ({ learner }, other) => [meOf(learner), meOf(other)],
  }),
  'DELETE /api/me/sessions/:id': effect({
    prepare: ({ learner }) => anotherSession(learner)(),
    act: async (app, { learner }, other) => {
      const { body } = await request(app).get('/api/me/sessions').set(as(other)).expect(200);
      const { id } = body.sessions.find(({ current }: { current: boolean }) => current);
      return send(app, learner, 'delete', `/api/me/sessions/${id}`);
    },
    changes: (_world, other) => [meOf(other)],
  }),
  'POST /api/me/second-factor': 'it is asked for when it is confirmed',
  'POST /api/me/second-factor/confirm': effect({
    prepare: async ({ instructor }) => {
      const other = await signIn(instructor);
      const started = await send(createTestApp(), instructor, 'post', '/api/me/second-factor', {
        password: testPassword,
      });
      return { other, secret: started.body.secret as string };
    },
    act: (app, { instructor }, { secret }) =>
      send(app, instructor, 'post', '/api/me/second-factor/confirm', { code: codeOf(secret) }),
    changes: (_world, { other }) => [[other, '/api/dashboard']],
  }),
  'POST /api/me/second-factor/turn-off': effect({
    prepare: async ({ instructor }) => {
      const { secret } = await setUp(instructor);
      return { other: await signIn(instructor), secret };
    },
    act: (app, { instructor }, { secret }) =>
      send(app, instructor, 'post', '/api/me/second-factor/turn-off', {
        password: testPassword,
        code: codeOf(secret),
      }),
    changes: (_world, { other }) => [[other, '/api/dashboard']],
  }),
  'POST /api/me/second-factor/recovery-codes': 'the codes change, not the state of a session',
  'POST /api/admin/users/roles': effect({
    act: (app, { admin, learner }) =>
      send(app, admin, 'post', '/api/admin/users/roles', { ids: [learner.id], role: 'admin' }),
    changes: ({ learner, course }) => [
      meOf(learner),
      [learner, '/api/admin/organization'],
      [learner, '/api/courses'],
      [learner, `/api/courses/${course.slug}`],
    ],
  }),
  'POST /api/admin/users/active': effect({
    act: (app, { admin, learner }) =>
      send(app, admin, 'post', '/api/admin/users/active', { ids: [learner.id], active: false }),
    changes: ({ learner, problem }) => [meOf(learner), [learner, `/api/problems/${problem.slug}`]],
  }),
  'POST /api/admin/users/:id/password-link': 'it makes a link',
  'DELETE /api/admin/users/:id/second-factor': effect({
    prepare: async ({ instructor }) => {
      await setUp(instructor);
      return signIn(instructor);
    },
    act: (app, { admin, instructor }) =>
      send(app, admin, 'delete', `/api/admin/users/${instructor.id}/second-factor`),
    changes: (_world, other) => [[other, '/api/dashboard']],
  }),
  'POST /api/admin/invitations': notCached('invitations'),
  'POST /api/admin/invitations/import': notCached('invitations'),
  'POST /api/admin/invitations/:id/link': notCached('invitations'),
  'POST /api/admin/invitations/:id/resend': notCached('invitations'),
  'DELETE /api/admin/invitations/:id': notCached('invitations'),
  'PATCH /api/admin/organization': effect({
    act: (app, { admin }) =>
      send(app, admin, 'patch', '/api/admin/organization', { name: 'A renamed school' }),
    changes: ({ learner, admin }) => [meOf(learner), meOf(admin)],
  }),
  'PUT /api/admin/second-factor': effect({
    prepare: async ({ admin }) => setUp(admin),
    act: (app, { admin }) => send(app, admin, 'put', '/api/admin/second-factor', { required: true }),
    changes: ({ instructor }) => [[instructor, '/api/dashboard']],
  }),
  'POST /api/files': effect({
    act: async (app, { learner }) => upload(app, learner, { bytes: await smallPng() }),
    changes: ({ learner }) => [meOf(learner)],
  }),
  'DELETE /api/files/:id': effect({
    prepare: async ({ learner }) =>
      (await upload(createTestApp(), learner, { bytes: await smallPng() })).body,
    act: (app, { learner }, { file }) => send(app, learner, 'delete', `/api/files/${file.id}`),
    changes: ({ learner }) => [meOf(learner)],
  }),
  'POST /api/enrolments': effect({
    prepare: anotherCourse,
    act: (app, { learner }, { enrolment_code: code }) =>
      send(app, learner, 'post', '/api/enrolments', { code }),
    changes: ({ learner }, { slug }) => [
      [learner, '/api/dashboard'],
      [learner, '/api/courses'],
      [learner, '/api/problems'],
      [learner, `/api/courses/${slug}`],
    ],
  }),
  'PUT /api/drafts/:problemSlug/:languageId': notCached('drafts'),
  'POST /api/runs': 'nothing is stored',
  'POST /api/submissions/:id/stop': 'what depends on a submission without a verdict is not cached',
  'POST /api/submissions': effect({
    prepare: ({ course, lesson }) => createProblem(course, { position: 1, lessonId: lesson.id }),
    act: (app, { learner }, { slug: problemSlug }) =>
      send(app, learner, 'post', '/api/submissions', { problemSlug, languageId: 71, sourceCode: 'print(1)' }),
    changes: ({ learner, course, lesson }, { slug }) => [
      [learner, '/api/dashboard'],
      [learner, `/api/problems/${slug}`],
      [learner, `/api/courses/${course.slug}`],
      [learner, `/api/courses/${course.slug}/lessons/${lesson.slug}`],
    ],
  }),
  'PUT /api/admin/limits/:class': notCached('limits'),
  'DELETE /api/admin/limits/:class': notCached('limits'),
  'POST /api/admin/limits/:class/reset': notCached('limits'),
  'POST /api/admin/blocks': notCached('blocks'),
  'DELETE /api/admin/blocks/:id': notCached('blocks'),
  'POST /api/admin/mails/:id/retry': notCached('mails'),
  'POST /api/admin/mails/:id/discard': notCached('mails'),
  'POST /api/admin/mails/:id/link': notCached('mails'),
  'POST /api/admin/cache/flush': 'everything is loaded again as it is',
  'POST /api/admin/cache/invalidate': 'everything is loaded again as it is',
};
