/** That an address has an account is not told by what a refused sign-in costs. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSmallServer } from '../../../../test/small-server.js';
import {
  createPerson,
  createWorld,
  supabase,
  testPassword,
  unique,
  type World,
} from '../../../../test/world.js';
import { createSupabase, dataOf } from '../../../lib/supabase.js';
import { createCredentialsService, decoyEmail } from './service.js';

const patienceMs = 300_000;
let world: World;

beforeAll(async () => {
  world = await createWorld();
}, patienceMs);

const wrong = 'certainly not the password';
const nobody = () => `${unique('nobody')}@example.org`;

const deactivated = async (): Promise<string> => {
  const person = await createPerson(world.organization.id, 'student');
  const origin = { actor: world.admin.id, address: '127.0.0.1', requestId: 'a-request' };
  await dataOf(supabase.service.rpc('set_active', { origin, people: [person.id], active: false }));
  return person.email;
};

/** How often a time of `a` is shorter than one of `b`: about a half where both are of one distribution. */
const shareOfShorter = (a: number[], b: number[]): number =>
  a.flatMap((one) => b.map((other) => Number(one < other))).reduce((sum, one) => sum + one, 0) /
  (a.length * b.length);

test(
  'five tries at once take as long for an unknown and a deactivated address as for a known one',
  async () => {
    const { signIn } = createCredentialsService({ supabase });
    const kinds = { known: world.learner.email, unknown: nobody(), deactivated: await deactivated() };
    const timesOf = async (email: string): Promise<number[]> => {
      const startedMs = performance.now();
      const tries = Array.from({ length: 5 }, async () => {
        await expect(signIn({ email, password: wrong })).rejects.toMatchObject({ code: 'wrong_credentials' });
        return performance.now() - startedMs;
      });
      return Promise.all(tries);
    };
    const times: Record<keyof typeof kinds, number[]> = { known: [], unknown: [], deactivated: [] };
    await timesOf(nobody());
    for (let round = 0; round < 4; round += 1) {
      for (const kind of ['known', 'unknown', 'deactivated'] as const) {
        times[kind].push(...(await timesOf(kinds[kind])));
      }
    }
    // Without the decoy's password to verify, every single one of the unknown is shorter: 1.
    expect(shareOfShorter(times.unknown, times.known)).toBeLessThan(0.9);
    expect(shareOfShorter(times.deactivated, times.known)).toBeLessThan(0.9);
    expect(shareOfShorter(times.known, times.unknown)).toBeLessThan(0.9);
  },
  patienceMs,
);

test(
  'nobody comes in as the decoy, which has no profile',
  async () => {
    const { signIn } = createCredentialsService({ supabase });
    const refused = { code: 'wrong_credentials' };
    await expect(signIn({ email: nobody(), password: wrong })).rejects.toMatchObject(refused);
    const { data } = await supabase.service.auth.admin.listUsers({ page: 1, perPage: 1000 });
    const decoy = data.users.find(({ email }) => email === decoyEmail);
    await supabase.service.auth.admin.updateUserById(decoy?.id ?? '', { password: testPassword });
    await expect(signIn({ email: nobody(), password: testPassword })).rejects.toMatchObject(refused);
    await expect(signIn({ email: decoyEmail, password: testPassword })).rejects.toMatchObject(refused);
    const profiles = await dataOf<unknown[]>(
      supabase.service.from('users').select('id').eq('email', decoyEmail),
    );
    expect(profiles).toEqual([]);
  },
  patienceMs,
);

/**
 * GoTrue looks for the account, then whether it is banned, and only then verifies the password (its
 * ResourceOwnerPasswordGrant): both refusals before that are immediate.
 */
const asked: string[] = [];
const verified: string[] = [];
let gotrue: Awaited<ReturnType<typeof startSmallServer>>;

beforeAll(async () => {
  const accounts = new Map([['known@example.org', { banned: false }]]);
  accounts.set('deactivated@example.org', { banned: true });
  gotrue = await startSmallServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      const path = incoming.url ?? '';
      const { email = '', address = '' } = JSON.parse(body || '{}') as { email?: string; address?: string };
      asked.push(`${incoming.method} ${path}`);
      const reply = (status: number, value: unknown) =>
        response
          .writeHead(status, { 'Content-Type': 'application/json', 'X-Supabase-Api-Version': '2024-01-01' })
          .end(JSON.stringify(value));
      if (path === '/auth/v1/admin/users') {
        accounts.set(email, { banned: false });
        return void reply(200, { id: '00000000-0000-4000-8000-000000000000', email });
      }
      if (path === '/rest/v1/rpc/can_sign_in') {
        return void reply(200, accounts.get(address)?.banned === false);
      }
      const account = accounts.get(email);
      if (account?.banned) return void reply(400, { code: 'user_banned', message: 'User is banned' });
      if (account) verified.push(email);
      reply(400, { code: 'invalid_credentials', message: 'Invalid login credentials' });
    });
  });
});
afterAll(() => gotrue.stop());

test('GoTrue is asked the same for every address, and verifies a password each time', async () => {
  const { signIn } = createCredentialsService({
    supabase: createSupabase({ url: gotrue.url, anonKey: 'x', serviceRoleKey: 'x' }),
  });
  const refuse = async (email: string) => {
    asked.length = 0;
    verified.length = 0;
    await expect(signIn({ email, password: wrong })).rejects.toMatchObject({ code: 'wrong_credentials' });
    return { asked: [...asked], verified: verified.length };
  };
  await refuse('first@example.org');
  const expected = {
    asked: ['POST /rest/v1/rpc/can_sign_in', 'POST /auth/v1/token?grant_type=password'],
    verified: 1,
  };
  for (const email of ['known@example.org', 'unknown@example.org', 'deactivated@example.org']) {
    expect([email, await refuse(email)]).toEqual([email, expected]);
  }
});
