import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { requestsBy } from '../../../test/requests.js';
import { createTestApp } from '../../../test/running-app.js';
import {
  createPerson,
  createWorld,
  supabase,
  testPassword,
  unique,
  type World,
} from '../../../test/world.js';
import { dataOf } from '../../lib/supabase.js';
import { faultOfName, quotedName } from './name-rule.js';

const app = createTestApp();
const patienceMs = 180_000;
let world: World;

beforeAll(async () => {
  world = await createWorld();
}, patienceMs);

const hostile = [
  'Ada\nSubject: x',
  'Ada\u2028Lovelace',
  'Ada \u202Eecalevol',
  'Ada\u200B Lovelace',
  'Ada\u0007',
  'Ada\u00ADLovelace',
  'Prize at https://evil.example',
  'www.evil.example',
  'Click evil.example/login',
  'evil.com',
  'EVIL.Co.Uk now',
];

test.each(hostile)(
  '%j is no name',
  async (fullName) => {
    expect(faultOfName(fullName)).toMatch(/^A name has no /);
    const registered = await request(app)
      .post('/api/auth/register')
      .send({ email: `${unique('mallory')}@example.org`, password: testPassword, fullName });
    expect(registered.body).toMatchObject({ status: 422, errors: [{ path: 'fullName' }] });
    const renamed = await requestsBy(app, world.learner).put('/api/me', { fullName });
    expect(renamed.body).toMatchObject({ status: 422, errors: [{ path: 'fullName' }] });
    const { error } = await world.learner.client
      .from('users')
      .update({ full_name: fullName })
      .eq('id', world.learner.id)
      .select('id');
    expect(error).not.toBeNull();
    const invited = await requestsBy(app, world.admin).post('/api/admin/invitations', {
      email: `${unique('guest')}@example.org`,
      role: 'student',
      fullName,
    });
    expect(invited.status).toBe(422);
  },
  60_000,
);

test.each([
  'Ada Lovelace',
  'J. R. R. Tolkien',
  'J.R.R. Tolkien',
  'Martin Luther King, Jr.',
  'Jean-Luc O’Neill',
  'María José Ñúñez',
  'Владимир Петров',
  '王小明',
  'عمر الخيام',
  'St. John',
])(
  '%s is one',
  async (name) => {
    expect(faultOfName(name)).toBeNull();
    expect(quotedName(name).replaceAll('. ', '.')).toBe(name.replaceAll('. ', '.'));
    const person = await createPerson(world.organization.id, 'student');
    await requestsBy(app, person).put('/api/me', { fullName: name }).expect(200);
  },
  60_000,
);

test.each(hostile)(
  'an account that the auth service makes with the name %j gets a plain one',
  async (name) => {
    const { data } = await supabase.anonymous().auth.signUp({
      email: `${unique('direct')}@example.org`,
      password: testPassword,
      options: { data: { full_name: name } },
    });
    const { full_name: stored } = await dataOf<{ full_name: string }>(
      supabase.service.from('users').select('full_name').eq('id', data.user?.id).single(),
    );
    expect(faultOfName(stored)).toBeNull();
  },
  60_000,
);

test.each(hostile)('a mail quotes %j in one line, and nothing in it becomes a link', (name) => {
  expect(quotedName(name)).not.toMatch(/[\p{Cc}\u2028\u202E\u200B\u00AD]|:\/\/|\w\.\w/u);
});

describe('a learner with the name of someone of the staff', () => {
  const nameOf = async (id: string): Promise<string> =>
    (
      await dataOf<{ full_name: string }>(
        supabase.service.from('users').select('full_name').eq('id', id).single(),
      )
    ).full_name;
  const rename = (person: Parameters<typeof requestsBy>[1], fullName: string) =>
    requestsBy(app, person).put('/api/me', { fullName }).expect(200);

  test(
    'is marked, however it is written, and whoever had it first',
    async () => {
      const [staff, learner] = [
        await createPerson(world.organization.id, 'instructor'),
        await createPerson(world.organization.id, 'student'),
      ];
      const name = `Grace ${unique('Hopper')}`;
      await rename(staff, name);
      const answer = await rename(learner, name.toUpperCase().replace(' ', '   '));
      expect(answer.body.fullName).toMatch(/ \(learner\)$/);
      expect(await nameOf(staff.id)).toBe(name);

      const later = `Edsger ${unique('Dijkstra')}`;
      await rename(learner, later);
      expect(await nameOf(learner.id)).toBe(later);
      await rename(staff, later);
      expect(await nameOf(learner.id)).toBe(`${later} (learner)`);
    },
    patienceMs,
  );

  test(
    'in another school has nothing to do with it; promoted, the mark goes',
    async () => {
      const other = await createWorld();
      const name = `Barbara ${unique('Liskov')}`;
      await rename(world.instructor, name);
      await rename(other.learner, name);
      expect(await nameOf(other.learner.id)).toBe(name);
      const person = await createPerson(world.organization.id, 'student');
      await rename(person, name);
      expect(await nameOf(person.id)).toBe(`${name} (learner)`);
      await dataOf(
        supabase.service.from('users').update({ role: 'instructor' }).eq('id', person.id).select('id'),
      );
      expect(await nameOf(person.id)).toBe(name);
    },
    patienceMs,
  );
});
