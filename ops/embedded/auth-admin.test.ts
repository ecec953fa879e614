import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createSupabase, type Supabase } from '../../api/src/lib/supabase.js';
import { startSupabase, type TestSupabase } from './test-stack.js';

let server: TestSupabase;
let supabase: Supabase;
const password = 'a long test password';
const newAddress = () => `${randomUUID().slice(0, 8)}@example.org`;

beforeAll(async () => {
  server = await startSupabase();
  supabase = createSupabase(server);
  await supabase.service.from('organizations').insert({ slug: 'school', name: 'A school' });
}, 120_000);

afterAll(() => server?.stop());

const admin = () => supabase.service.auth.admin;
const signIn = (email: string, word = password) =>
  supabase.anonymous().auth.signInWithPassword({ email, password: word });

/** A confirmed account that can sign in. */
const account = async () => {
  const email = newAddress();
  const { data, error } = await admin().createUser({
    email,
    password,
    email_confirm: true,
    user_metadata: { full_name: 'Ada Lovelace' },
  });
  if (error) throw error;
  return { email, id: data.user.id };
};

describe('accounts', () => {
  test('are made with a profile, and can sign in when their address is confirmed', async () => {
    const { email, id } = await account();
    const session = await signIn(email);
    expect(session.data.user).toMatchObject({ id, email, user_metadata: { full_name: 'Ada Lovelace' } });
    const { data } = await supabase.service.from('users').select('full_name, email').eq('id', id).single();
    expect(data).toEqual({ full_name: 'Ada Lovelace', email });
  });

  test('that are not confirmed cannot sign in until they are', async () => {
    const email = newAddress();
    const made = await admin().createUser({ email, password });
    expect((await signIn(email)).error?.code).toBe('email_not_confirmed');
    const confirmed = await admin().updateUserById(made.data.user?.id ?? '', { email_confirm: true });
    expect(confirmed.data.user?.email_confirmed_at).toBeDefined();
    expect((await signIn(email)).error).toBeNull();
  });

  test('of one address are made once', async () => {
    const { email } = await account();
    const again = await admin().createUser({ email: email.toUpperCase(), password });
    expect([again.error?.status, again.error?.code]).toEqual([422, 'email_exists']);
  });

  test('are read one by one and page by page, newest first', async () => {
    const first = await account();
    const second = await account();
    const read = await admin().getUserById(first.id);
    expect(read.data.user).toMatchObject({
      id: first.id,
      email: first.email,
      identities: [{ provider: 'email', identity_data: { email: first.email } }],
    });
    const page = await admin().listUsers({ page: 1, perPage: 2 });
    expect(page.error).toBeNull();
    expect(page.data.users.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(page.data).toMatchObject({ nextPage: 2 });
    const other = await admin().listUsers({ page: 2, perPage: 2 });
    expect(other.data.users.map(({ id }) => id)).not.toContain(first.id);
  });

  test('change password, address and metadata', async () => {
    const { email, id } = await account();
    const next = newAddress();
    const { data, error } = await admin().updateUserById(id, {
      email: next,
      password: 'another long password',
      user_metadata: { full_name: 'Ada King', locale: 'en' },
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({
      email: next,
      user_metadata: { full_name: 'Ada King', locale: 'en' },
      identities: [{ identity_data: { email: next } }],
    });
    expect((await signIn(email)).error?.code).toBe('invalid_credentials');
    expect((await signIn(next, 'another long password')).error).toBeNull();
    const profile = await supabase.service.from('users').select('email').eq('id', id).single();
    expect(profile.data?.email).toBe(next);
  });

  test('take no address of somebody else, and no weak password', async () => {
    const one = await account();
    const other = await account();
    const taken = await admin().updateUserById(one.id, { email: other.email });
    expect(taken.error?.status).toBe(500);
    expect((await admin().updateUserById(one.id, { password: 'short' })).error?.code).toBe('weak_password');
    expect((await signIn(one.email)).error).toBeNull();
  });

  test('are deleted with their profile and their sessions', async () => {
    const { email, id } = await account();
    const { data } = await signIn(email);
    expect((await admin().deleteUser(id)).error).toBeNull();
    expect((await signIn(email)).error?.code).toBe('invalid_credentials');
    const refreshed = await supabase
      .anonymous()
      .auth.refreshSession({ refresh_token: data.session?.refresh_token ?? '' });
    expect(refreshed.error?.code).toBe('refresh_token_not_found');
    expect((await supabase.service.from('users').select('id').eq('id', id)).data).toEqual([]);
    expect((await admin().getUserById(id)).error?.code).toBe('user_not_found');
    expect((await admin().deleteUser(id)).error?.status).toBe(404);
  });
});

describe('a ban', () => {
  test('refuses signing in, refreshing and one-time tokens, and ends when it is lifted', async () => {
    const { email, id } = await account();
    const before = await signIn(email);
    const banned = await admin().updateUserById(id, { ban_duration: '876000h' });
    const until = (banned.data.user as { banned_until?: string } | null)?.banned_until ?? '';
    expect(Date.parse(until)).toBeGreaterThan(Date.now() + 99 * 365 * 86_400_000);
    expect((await signIn(email)).error).toMatchObject({ status: 400, code: 'user_banned' });
    const refresh = (token: string) => supabase.anonymous().auth.refreshSession({ refresh_token: token });
    const refused = await refresh(before.data.session?.refresh_token ?? '');
    expect(refused.error).toMatchObject({ status: 400, code: 'user_banned' });
    const link = await admin().generateLink({ type: 'recovery', email });
    const verified = await supabase
      .anonymous()
      .auth.verifyOtp({ type: 'recovery', token_hash: link.data.properties?.hashed_token ?? '' });
    expect(verified.error).toMatchObject({ status: 403, code: 'user_banned' });
    await admin().updateUserById(id, { ban_duration: 'none' });
    expect((await signIn(email)).error).toBeNull();
  });

  test('that has run out holds no longer, and one of no known duration is none', async () => {
    const { email, id } = await account();
    await admin().updateUserById(id, { ban_duration: '1ms' });
    expect((await signIn(email)).error).toBeNull();
    const wrong = await admin().updateUserById(id, { ban_duration: 'a week' });
    expect([wrong.error?.status, wrong.error?.code]).toEqual([400, 'validation_failed']);
  });
});

describe('a generated link', () => {
  const verify = (type: 'recovery' | 'signup' | 'invite' | 'magiclink' | 'email', token: string) =>
    supabase.anonymous().auth.verifyOtp({ type, token_hash: token });

  test('resets a password once', async () => {
    const { email, id } = await account();
    const { data, error } = await admin().generateLink({
      type: 'recovery',
      email,
      options: { redirectTo: 'http://localhost:3000/reset-password' },
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ id, email });
    expect(data.properties).toMatchObject({
      verification_type: 'recovery',
      redirect_to: 'http://localhost:3000/reset-password',
      email_otp: expect.stringMatching(/^\d{6}$/),
    });
    const link = new URL(data.properties?.action_link ?? '');
    expect(link.pathname).toBe('/auth/v1/verify');
    expect(link.searchParams.get('token')).toBe(data.properties?.hashed_token);
    const token = data.properties?.hashed_token ?? '';
    expect((await verify('recovery', token)).data.user?.id).toBe(id);
    expect((await verify('recovery', token)).error?.code).toBe('otp_expired');
  });

  test('gives an account another address, once, and none that somebody has', async () => {
    const { email, id } = await account();
    const newEmail = newAddress();
    const { data } = await admin().generateLink({ type: 'email_change_new', email, newEmail });
    expect((await signIn(email)).error).toBeNull();
    const token_hash = new URL(data.properties?.action_link ?? '').searchParams.get('token') ?? '';
    expect(data.properties?.hashed_token).not.toBe(token_hash);
    const followed = await supabase.anonymous().auth.verifyOtp({ type: 'email_change', token_hash });
    expect(followed.data.user).toMatchObject({ id, email: newEmail });
    expect((await signIn(newEmail)).error).toBeNull();
    expect(
      (await supabase.anonymous().auth.verifyOtp({ type: 'email_change', token_hash })).error,
    ).not.toBeNull();
    const taken = (await account()).email;
    const refused = await admin().generateLink({
      type: 'email_change_new',
      email: newEmail,
      newEmail: taken,
    });
    expect(refused.error?.code).toBe('email_exists');
  });

  test('for nobody is refused', async () => {
    const { error } = await admin().generateLink({ type: 'recovery', email: newAddress() });
    expect([error?.status, error?.code]).toEqual([404, 'user_not_found']);
  });

  test('invites somebody new, whose account is confirmed by following it', async () => {
    const email = newAddress();
    const { data } = await admin().generateLink({
      type: 'invite',
      email,
      options: { data: { full_name: 'Grace Hopper' } },
    });
    expect(data.user).toMatchObject({ email, invited_at: expect.any(String) });
    expect((await signIn(email)).error?.code).toBe('invalid_credentials');
    const again = await admin().generateLink({ type: 'invite', email });
    expect(again.data.user?.id).toBe(data.user?.id);
    expect((await verify('invite', data.properties?.hashed_token ?? '')).error?.code).toBe('otp_expired');
    const accepted = await verify('invite', again.data.properties?.hashed_token ?? '');
    expect(accepted.data.user).toMatchObject({ id: data.user?.id, email });
    expect((await admin().getUserById(data.user?.id ?? '')).data.user?.email_confirmed_at).toBeDefined();
    const third = await admin().generateLink({ type: 'invite', email });
    expect([third.error?.status, third.error?.code]).toEqual([422, 'email_exists']);
  });

  test('signs somebody up, and in by its code, too', async () => {
    const email = newAddress();
    const { data } = await admin().generateLink({ type: 'signup', email, password });
    expect(data.properties?.verification_type).toBe('signup');
    expect((await signIn(email)).error?.code).toBe('email_not_confirmed');
    const byCode = await supabase
      .anonymous()
      .auth.verifyOtp({ type: 'signup', email, token: data.properties?.email_otp ?? '' });
    expect(byCode.data.user?.email).toBe(email);
    expect((await signIn(email)).error).toBeNull();
    const magic = await admin().generateLink({ type: 'magiclink', email });
    expect((await verify('email', magic.data.properties?.hashed_token ?? '')).data.user?.email).toBe(email);
  });
});

describe('everybody but the service role', () => {
  const call = (headers: Record<string, string>) =>
    fetch(`${server.url}/auth/v1/admin/users`, { headers }).then(({ status }) => status);

  test('is refused', async () => {
    const { email } = await account();
    const { data } = await signIn(email);
    expect(await call({})).toBe(401);
    expect(await call({ apikey: server.anonKey })).toBe(403);
    expect(
      await call({ apikey: server.anonKey, authorization: `Bearer ${data.session?.access_token ?? ''}` }),
    ).toBe(403);
    expect(await call({ authorization: `Bearer ${server.serviceRoleKey}` })).toBe(200);
  });

  test('and what is no account is not found', async () => {
    const headers = { apikey: server.serviceRoleKey };
    const status = async (path: string, method = 'GET') =>
      (await fetch(`${server.url}/auth/v1/admin/${path}`, { method, headers })).status;
    expect(await status('users/no-uuid')).toBe(404);
    expect(await status(`users/${randomUUID()}`)).toBe(404);
    expect(await status('users', 'DELETE')).toBe(404);
    expect(await status('nothing')).toBe(404);
  });
});
