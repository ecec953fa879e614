/** All that our api asks of the auth service, and what it must be refused: registering to closing an account. */
import { randomUUID } from 'node:crypto';
import type { Body, Conversation } from './conversation.js';

const password = 'a long test password';
const address = (): string => `${randomUUID()}@example.org`;
const admin = '/auth/v1/admin';
const withPassword = '/auth/v1/token?grant_type=password';
const withRefreshToken = '/auth/v1/token?grant_type=refresh_token';

const tokenOf = ({ action_link: link }: Body): string =>
  new URL(link ?? 'http://no-link.test').searchParams.get('token') ?? '';

/** Needs an organization that takes everybody. Leaves no account behind. */
export const talkToAuth = async ({ ask }: Conversation): Promise<void> => {
  const service = 'service' as const;
  const email = address();
  const made = { email, password, email_confirm: false, user_metadata: { full_name: 'Ada' } };
  const person = await ask('an account is made', { path: `${admin}/users`, key: service, json: made });
  await ask('an account is made twice', { path: `${admin}/users`, key: service, json: made });
  await ask('an account is made without an address', { path: `${admin}/users`, key: service, json: {} });
  await ask('an account is made with what is no address', {
    path: `${admin}/users`,
    key: service,
    json: { ...made, email: 'nobody' },
  });
  await ask('an account is made with 73 bytes of password', {
    path: `${admin}/users`,
    key: service,
    json: { ...made, email: address(), password: 'x'.repeat(73) },
  });
  const careless = await ask('an account is made with a short password', {
    path: `${admin}/users`,
    key: service,
    json: { ...made, email: address(), password: 'short', email_confirm: true },
  });
  await ask('an account is given a short password', {
    path: `${admin}/users/${careless.id}`,
    method: 'PUT',
    key: service,
    json: { password: 'short' },
  });
  await ask('the careless account is deleted', {
    path: `${admin}/users/${careless.id}`,
    method: 'DELETE',
    key: service,
  });
  await ask('an account is made by somebody without a key', {
    path: `${admin}/users`,
    key: 'none',
    json: made,
  });
  await ask('an account is made by the anonymous key', { path: `${admin}/users`, json: made });

  await ask('a sign-in before the address is confirmed', { path: withPassword, json: { email, password } });
  const link = (type: string, more: object = {}) => ({
    path: `${admin}/generate_link`,
    key: service,
    json: { type, email, ...more },
  });
  const signup = await ask('a link to confirm the address', link('signup', { password: '' }));
  const verify = (type: string, token: string) => ({
    path: '/auth/v1/verify',
    json: { type, token_hash: token },
  });
  await ask('a link with a token that is none', verify('signup', 'f'.repeat(56)));
  await ask('the address is confirmed', verify('signup', tokenOf(signup)));
  await ask('the address is confirmed twice', verify('signup', tokenOf(signup)));
  await ask('a link to confirm a confirmed address', link('signup', { password: '' }));
  await ask('a link to confirm an unknown address, without a password', {
    ...link('signup'),
    json: { type: 'signup', email: address() },
  });
  await ask('a link of a type that is none', link('nothing'));

  const first = await ask('a sign-in', { path: withPassword, json: { email, password } });
  await ask('a sign-in with a wrong password', {
    path: withPassword,
    json: { email, password: 'wrong one' },
  });
  await ask('a sign-in to an unknown address', { path: withPassword, json: { email: address(), password } });
  await ask('a sign-in without a password', { path: withPassword, json: { email } });
  await ask('who I am', { path: '/auth/v1/user', bearer: first.access_token });
  await ask('who I am, without a token', { path: '/auth/v1/user', key: 'none' });
  await ask('who I am, with a token that is none', { path: '/auth/v1/user', bearer: 'nonsense' });
  const second = await ask('a session is renewed', {
    path: withRefreshToken,
    json: { refresh_token: first.refresh_token },
  });
  await ask('a session is renewed again at once by the same token', {
    path: withRefreshToken,
    json: { refresh_token: first.refresh_token },
  });
  await ask('a session is renewed by a token that is none', {
    path: withRefreshToken,
    json: { refresh_token: 'nonsense' },
  });
  await ask('a session is renewed without a token', { path: withRefreshToken, json: {} });

  const other = await ask('a second sign-in', { path: withPassword, json: { email, password } });
  await ask('the other sessions end', {
    path: '/auth/v1/logout?scope=others',
    method: 'POST',
    bearer: other.access_token,
  });
  await ask('who I am, in a session that has ended', { path: '/auth/v1/user', bearer: second.access_token });
  await ask('an ended session is renewed', {
    path: withRefreshToken,
    json: { refresh_token: second.refresh_token },
  });
  await ask('an ended session ends', {
    path: '/auth/v1/logout?scope=local',
    method: 'POST',
    bearer: second.access_token,
  });
  const change = (next: string, bearer?: string) => ({
    path: '/auth/v1/user',
    method: 'PUT',
    bearer,
    json: { password: next },
  });
  await ask('the same password is chosen', change(password, other.access_token));
  await ask('a short password is chosen', change('short', other.access_token));
  await ask('another password is chosen', change(`${password}, changed`, other.access_token));

  const recovery = await ask('a link to a new password', link('recovery'));
  await ask('a link to a new password for an unknown address', {
    ...link('recovery'),
    json: { type: 'recovery', email: address() },
  });
  const recovered = await ask('a link to a new password is opened', verify('recovery', tokenOf(recovery)));
  await ask('a link to a new password is opened twice', verify('recovery', tokenOf(recovery)));
  await ask('a new password is chosen by the link', change(password, recovered.access_token));
  await ask('all sessions end', {
    path: '/auth/v1/logout?scope=global',
    method: 'POST',
    bearer: recovered.access_token,
  });
  await ask('a session is renewed after all have ended', {
    path: withRefreshToken,
    json: { refresh_token: other.refresh_token },
  });

  const newEmail = address();
  const moving = await ask('a link to a new address', link('email_change_new', { new_email: newEmail }));
  await ask('a link to a new address that is taken', link('email_change_new', { new_email: email }));
  await ask('a link to a new address without one', link('email_change_new'));
  await ask('the new address is confirmed', verify('email_change', tokenOf(moving)));
  await ask('the new address is confirmed twice', verify('email_change', tokenOf(moving)));
  await ask('a sign-in with the address of before', { path: withPassword, json: { email, password } });
  const moved = await ask('a sign-in with the new address', {
    path: withPassword,
    json: { email: newEmail, password },
  });

  const invited = address();
  const invitation = await ask('an invitation of the auth service', {
    path: `${admin}/generate_link`,
    key: service,
    json: { type: 'invite', email: invited, data: { full_name: 'Grace' } },
  });
  await ask('an invitation of the auth service is opened', verify('invite', tokenOf(invitation)));
  const magic = await ask('a link to sign in', {
    path: `${admin}/generate_link`,
    key: service,
    json: { type: 'magiclink', email: invited },
  });
  await ask('a link to sign in is opened', verify('magiclink', tokenOf(magic)));

  const one = `${admin}/users/${person.id}`;
  await ask('an account is read', { path: one, key: service });
  await ask('an account is read by its owner', { path: one, bearer: moved.access_token });
  await ask('an account is read that is none', { path: `${admin}/users/${randomUUID()}`, key: service });
  await ask('an account is read whose id is none', { path: `${admin}/users/nonsense`, key: service });
  await ask('the page after the last of the accounts', {
    path: `${admin}/users?page=1000&per_page=1`,
    key: service,
  });
  const put = (json: object) => ({ path: one, method: 'PUT', key: service, json });
  await ask('an account is changed', put({ user_metadata: { full_name: 'Ada L.', extra: null } }));
  await ask('an account is given a taken address', put({ email: invited }));
  await ask('an account is banned', put({ ban_duration: '1h' }));
  await ask('an account is banned for a time that is none', put({ ban_duration: 'long' }));
  await ask('a banned sign-in', { path: withPassword, json: { email: newEmail, password } });
  await ask('a banned session is renewed', {
    path: withRefreshToken,
    json: { refresh_token: moved.refresh_token },
  });
  await ask('an account is let in again', put({ ban_duration: 'none' }));
  await ask('an account is deleted', { path: one, method: 'DELETE', key: service });
  await ask('an account is deleted twice', { path: one, method: 'DELETE', key: service });
  await ask('who I am, without an account', { path: '/auth/v1/user', bearer: moved.access_token });
  await ask('a session of a deleted account is renewed', {
    path: withRefreshToken,
    json: { refresh_token: moved.refresh_token },
  });
  await ask('the invited account is deleted', {
    path: `${admin}/users/${invitation.id}`,
    method: 'DELETE',
    key: service,
  });
};
