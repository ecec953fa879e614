import { beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp } from '../../../test/running-app.js';
import { createWorld, servers, supabase, testPassword, unique, type World } from '../../../test/world.js';
import { createSupabase, dataOf } from '../../lib/supabase.js';

const patienceMs = 180_000;
let world: World;

beforeAll(async () => {
  world = await createWorld();
}, patienceMs);

/** An app where `act` happens after a registration was found to be allowed, and before its account is made. */
const appWith = (act: () => Promise<unknown>) => {
  const { supabaseUrl: url, anonKey, serviceRoleKey } = servers;
  const own = createSupabase({ url, anonKey, serviceRoleKey });
  const { admin } = own.service.auth;
  const createUser = admin.createUser.bind(admin);
  admin.createUser = async (attributes) => {
    await act();
    return createUser(attributes);
  };
  return createTestApp({ supabase: own });
};

const updateOrganization = (changes: object) =>
  dataOf(supabase.service.from('organizations').update(changes).eq('id', world.organization.id).select('id'));

test(
  'whoever registers while the school closes registration reads why, and has no account',
  async () => {
    const app = appWith(() => updateOrganization({ registration: 'closed' }));
    const email = `${unique('late')}@example.org`;
    const answer = await request(app).post('/api/auth/register').send({
      email,
      password: testPassword,
      fullName: 'Ada Lovelace',
      enrolmentCode: world.course.enrolment_code,
    });
    expect(answer.body).toMatchObject({
      status: 403,
      code: 'registration_closed',
      detail: 'This school makes the accounts itself. Ask your teacher for an invitation.',
    });
    const known = await dataOf<unknown[]>(supabase.service.from('users').select('id').eq('email', email));
    expect(known).toEqual([]);
  },
  patienceMs,
);
