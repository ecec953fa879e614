import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createSupabase, type Supabase } from '../../api/src/lib/supabase.js';
import { startSupabase, type TestSupabase } from './test-stack.js';

const patienceMs = 300_000;
const password = 'a long test password';
const newAddress = () => `${randomUUID().slice(0, 8)}@example.org`;

let server: TestSupabase;
let supabase: Supabase;

beforeAll(async () => {
  server = await startSupabase();
  supabase = createSupabase(server);
  await supabase.service.from('organizations').insert({ slug: 'school', name: 'A school' });
}, patienceMs);

afterAll(() => server?.stop());

/** A request whose statement fails, so that the server takes its transaction back. */
const failingRequest = async (): Promise<void> => {
  const { error } = await supabase.service.from('organizations').insert({ slug: 'school', name: 'Again' });
  expect(error?.code).toBe('23505');
};

test(
  'a changed address holds while requests of others fail at the same time',
  async () => {
    for (let round = 0; round < 6; round += 1) {
      const [email, newEmail] = [newAddress(), newAddress()];
      await supabase.service.auth.admin.createUser({ email, password, email_confirm: true });
      const link = await supabase.service.auth.admin.generateLink({
        type: 'email_change_new',
        email,
        newEmail,
      });
      const token = new URL(link.data.properties?.action_link ?? '').searchParams.get('token') ?? '';
      const verify = () => supabase.anonymous().auth.verifyOtp({ type: 'email_change', token_hash: token });
      const requests = [
        ...Array.from({ length: 6 }, failingRequest),
        verify(),
        ...Array.from({ length: 6 }, failingRequest),
      ];
      const verified = (await Promise.all(requests))[6] as Awaited<ReturnType<typeof verify>>;
      expect(verified.error).toBeNull();
      const signedIn = await supabase.anonymous().auth.signInWithPassword({ email: newEmail, password });
      expect([round, signedIn.error?.code ?? 'signed in']).toEqual([round, 'signed in']);
      const identity = await supabase.forUser(verified.data.session?.access_token ?? '').rpc('my_identity');
      expect(identity.data).toMatchObject({ email: newEmail, sessionEnded: false });
    }
  },
  patienceMs,
);
