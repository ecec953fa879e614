import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { as, requestsBy } from '../../../test/requests.js';
import { createTestApp } from '../../../test/running-app.js';
import { codeOf, instructorWithFactor, pass, signIn, wrongCode } from '../../../test/second-factor.js';
import {
  createPerson,
  createWorld,
  supabase,
  testPassword,
  unique,
  type World,
} from '../../../test/world.js';

const app = createTestApp();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});

describe('setting up a second step', () => {
  test('gives a secret to scan or type, and recovery codes for the first code', async () => {
    const person = await createPerson(world.organization.id, 'instructor');
    const by = requestsBy(app, person);
    expect((await by.get('/api/me/second-factor')).body).toEqual({
      on: false,
      since: null,
      recoveryCodesLeft: 0,
      required: false,
      available: true,
    });
    const { body } = await by.post('/api/me/second-factor', { password: testPassword }).expect(201);
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body.uri).toContain(`secret=${body.secret}`);
    expect(body.uri).toContain(encodeURIComponent(person.email));
    expect(body.qrCode).toMatch(/^data:image\/png;base64,/);
    const wrong = await by.post('/api/me/second-factor/confirm', { code: wrongCode(body.secret) });
    expect(wrong.body).toMatchObject({ status: 422, code: 'wrong_code' });
    expect((await by.get('/api/me/second-factor')).body.on).toBe(false);
    const { body: confirmed } = await by
      .post('/api/me/second-factor/confirm', { code: codeOf(body.secret) })
      .expect(200);
    expect(new Set(confirmed.recoveryCodes).size).toBe(10);
    expect((await by.get('/api/me/second-factor')).body).toMatchObject({ on: true, recoveryCodesLeft: 10 });
    await by.get('/api/me').expect(200);
  });

  test('needs the password', async () => {
    const person = await createPerson(world.organization.id, 'instructor');
    const answer = await requestsBy(app, person).post('/api/me/second-factor', { password: 'not this one' });
    expect(answer.body).toMatchObject({ status: 422, code: 'wrong_password' });
  });

  test('is for the staff', async () => {
    const answer = await requestsBy(app, world.learner).post('/api/me/second-factor', {
      password: testPassword,
    });
    expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('cannot take the place of one that is on, also not with the password alone', async () => {
    const { person } = await instructorWithFactor(world.organization.id);
    const session = await signIn(person);
    for (const bearer of [person, session]) {
      const answer = await requestsBy(app, bearer).post('/api/me/second-factor', { password: testPassword });
      expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' });
    }
  });

  test('is off where the installation has no secret for it', async () => {
    const without = createTestApp({ sealer: null });
    const by = requestsBy(without, world.instructor);
    expect((await by.get('/api/me/second-factor')).body).toMatchObject({ on: false, available: false });
    const answer = await by.post('/api/me/second-factor', { password: testPassword });
    expect(answer.body).toMatchObject({ status: 503, code: 'second_factor_disabled' });
  });

  test('keeps neither the secret nor a recovery code in clear', async () => {
    const { person, secret, recoveryCodes } = await instructorWithFactor(world.organization.id);
    const rows = await Promise.all(
      ['second_factors', 'recovery_codes'].map((table) =>
        supabase.service.from(table).select().eq('user_id', person.id),
      ),
    );
    const stored = JSON.stringify(rows.map(({ data }) => data));
    expect(stored).toContain(person.id);
    for (const text of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace('-', ''))]) {
      expect(stored).not.toContain(text);
    }
  });
});

describe('signing in with a second step', () => {
  test('opens nothing before the code, and everything after it', async () => {
    const { person, secret } = await instructorWithFactor(world.organization.id);
    const session = await signIn(person);
    expect(session.body.secondFactor).toBe('required');
    const refused = await requestsBy(app, session).get('/api/courses');
    expect(refused.body).toMatchObject({ status: 403, code: 'second_factor_required' });
    const wrong = await pass(session, wrongCode(secret));
    expect(wrong.body).toMatchObject({ status: 422, code: 'wrong_code' });
    await requestsBy(app, session).get('/api/courses').expect(403);
    await pass(session, codeOf(secret)).expect(204);
    await requestsBy(app, session).get('/api/courses').expect(200);
  });

  test('is closed on every route that is not part of the sign-in', async () => {
    const { person } = await instructorWithFactor(world.organization.id);
    const session = await signIn(person);
    const { body: document } = await request(app).get('/api/openapi.json').expect(200);
    const open: string[] = [];
    for (const [path, methods] of Object.entries<Record<string, { security?: unknown }>>(document.paths)) {
      for (const [method, { security }] of Object.entries(methods)) {
        if (!security || path === '/api/auth/logout' || path === '/api/auth/second-factor') continue;
        if (method === 'delete' && path === '/api/me/sessions') continue;
        const address = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
        const to = request(app);
        const answer = await to[method as 'get'](address)
          .set(as(session))
          .send(method === 'get' ? undefined : {});
        if (answer.body.code !== 'second_factor_required') open.push(`${method} ${path} ${answer.status}`);
      }
    }
    expect(open.sort()).toEqual([
      // For everybody; its own state; and the set-up, which refuses while there is one.
      'get /api/health 200',
      'get /api/me/second-factor 200',
      'post /api/me/second-factor 422',
      'post /api/me/second-factor/confirm 422',
    ]);
  });

  test('gives no rights at the database either', async () => {
    const { person, secret } = await instructorWithFactor(world.organization.id);
    const { data: course } = await supabase.service
      .from('courses')
      .insert({
        organization_id: world.organization.id,
        instructor_id: person.id,
        slug: unique('course'),
        title: 'Mine',
        enrolment_code: unique('CODE').toUpperCase(),
      })
      .select('id')
      .single();
    const session = await signIn(person);
    const direct = supabase.forUser(session.accessToken);
    const seen = async () => ({
      courses: (
        await direct
          .from('courses')
          .select('id')
          .eq('id', course?.id as string)
      ).data?.length,
      renamed: (
        await direct
          .from('courses')
          .update({ title: 'Mine!' })
          .eq('id', course?.id as string)
          .select('id')
      ).data?.length,
      people: (await direct.from('users').select('id')).data?.length,
      organizations: (await direct.from('organizations').select('id')).data?.length,
      codes: (await direct.rpc('enrolment_codes')).data?.length,
    });
    expect(await seen()).toEqual({ courses: 0, renamed: 0, people: 0, organizations: 0, codes: 0 });
    await pass(session, codeOf(secret)).expect(204);
    expect(await seen()).toMatchObject({ courses: 1, renamed: 1, organizations: 1, codes: 1 });
  });

  test('holds for one session and survives the renewal of its tokens', async () => {
    const { person, secret } = await instructorWithFactor(world.organization.id);
    const [first, second] = [await signIn(person), await signIn(person)];
    await pass(first, codeOf(secret)).expect(204);
    const renewed = await request(app)
      .post('/api/auth/refresh')
      .send({ refreshToken: first.body.refreshToken })
      .expect(200);
    expect(renewed.body.secondFactor).toBe('verified');
    await requestsBy(app, { accessToken: renewed.body.accessToken }).get('/api/courses').expect(200);
    await requestsBy(app, second).get('/api/courses').expect(403);
  });

  test('takes each code once, and none that is older than one that was taken', async () => {
    const { person, secret } = await instructorWithFactor(world.organization.id);
    await pass(await signIn(person), codeOf(secret)).expect(204);
    for (const code of [codeOf(secret), codeOf(secret, -1)]) {
      const again = await signIn(person);
      expect((await pass(again, code)).body).toMatchObject({ status: 422, code: 'wrong_code' });
      await requestsBy(app, again).get('/api/courses').expect(403);
    }
    await pass(await signIn(person), codeOf(secret, 1)).expect(204);
  });

  test('takes one of two identical codes that are sent at the same time', async () => {
    const { person, secret } = await instructorWithFactor(world.organization.id);
    const sessions = [await signIn(person), await signIn(person)];
    const code = codeOf(secret);
    const answers = await Promise.all(sessions.map((session) => pass(session, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);
  });

  test('takes a recovery code once, however it is typed, and says so in the audit log', async () => {
    const { person, recoveryCodes } = await instructorWithFactor(world.organization.id);
    const typed = ` ${recoveryCodes[3]?.toUpperCase().replace('-', ' ')} `;
    await pass(await signIn(person), typed).expect(204);
    expect((await pass(await signIn(person), typed)).body.code).toBe('wrong_code');
    const { data } = await supabase.service
      .from('audit_log')
      .select('action')
      .eq('target_id', person.id)
      .order('id');
    expect(data?.map(({ action }) => action)).toEqual([
      'second_factor.turn_on',
      'second_factor.use_recovery_code',
    ]);
  });

  test('takes no recovery code of somebody else', async () => {
    const [ada, bob] = [
      await instructorWithFactor(world.organization.id),
      await instructorWithFactor(world.organization.id),
    ];
    const answer = await pass(await signIn(ada.person), bob.recoveryCodes[0] ?? '');
    expect(answer.body.code).toBe('wrong_code');
  });

  test('stops after ten wrong codes, whoever sends them and however fast', async () => {
    const { person, secret } = await instructorWithFactor(world.organization.id);
    const sessions = [await signIn(person), await signIn(person)];
    const wrong = wrongCode(secret);
    const tries = await Promise.all(
      Array.from({ length: 14 }, (_, at) => pass(sessions[at % 2] ?? { accessToken: '' }, wrong)),
    );
    expect(tries.filter(({ body }) => body.code === 'wrong_code')).toHaveLength(10);
    const locked = await pass(sessions[0] ?? { accessToken: '' }, codeOf(secret));
    expect(locked.body).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(60);
  });
});
