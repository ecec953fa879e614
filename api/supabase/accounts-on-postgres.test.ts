/** What GoTrue writes to an account and what we make of it, on a real Postgres as the roles that do it there. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { readMigrations } from '../src/database/migration-files.js';
import { migrateDatabase } from '../src/database/migrations.js';
import { createActing } from '../test/postgres/acting.js';
import type { TestPostgres } from '../test/postgres/server.js';
import { rolePasswords, startPreparedPostgres } from '../test/postgres/stage.js';

const patienceMs = 120_000;

let server: TestPostgres;
let admin: postgres.Sql;
let gotrue: postgres.Sql;
let rest: postgres.Sql;
let organization: string;

const { asService, signUp } = createActing(() => ({ gotrue, rest }));
const address = (): string => `${randomUUID()}@example.org`;

beforeAll(async () => {
  ({ server, admin } = await startPreparedPostgres());
  await migrateDatabase(admin, readMigrations(), () => undefined);
  gotrue = server.connect({ user: 'supabase_auth_admin', password: rolePasswords.supabase_auth_admin });
  rest = server.connect({ user: 'authenticator', password: rolePasswords.authenticator });
  const [row] = await asService(
    (sql) => sql`insert into organizations (slug, name) values ('school', 'A school') returning id`,
  );
  organization = String(row?.['id']);
}, patienceMs);

afterAll(async () => {
  await Promise.all([gotrue, rest, admin].map((sql) => sql.end()));
  await server.stop();
});

test('a password that GoTrue stores closes every link that waits, and its owner hears of it', async () => {
  const email = address();
  const person = await signUp(email);
  const pending = async () => {
    const [row] = await admin`
      select recovery_token, email_change, email_change_token_new, encrypted_password,
             (select count(*) from auth.one_time_tokens t where t.user_id = u.id)::int as tokens
        from auth.users u where id = ${person.id}`;
    return row;
  };
  const ask = async () => {
    await gotrue`update users set recovery_token = ${randomUUID()}, email_change = ${`thief-${email}`},
                        email_change_token_new = ${randomUUID()} where id = ${person.id}`;
    await gotrue`insert into one_time_tokens (id, user_id, token_type, token_hash, relates_to)
      values (${randomUUID()}, ${person.id}, 'email_change_token_new', ${randomUUID()}, ${email})`;
  };
  const closed = { recovery_token: '', email_change: '', email_change_token_new: '', tokens: 0 };
  for (const password of ['first hash', 'second hash']) {
    await ask();
    await gotrue`update users set encrypted_password = ${password} where id = ${person.id}`;
    expect(await pending()).toEqual({ ...closed, encrypted_password: password });
  }
  await ask();
  await asService((sql) => sql`select close_pending_links(${person.id})`);
  expect(await pending()).toMatchObject(closed);
  const mails = await asService(
    (sql) =>
      sql`select data ->> 'change' as change from mails where user_id = ${person.id} and kind = 'account_changed'`,
  );
  expect(mails).toEqual([{ change: 'password' }]);
  const [refresh] = await gotrue`select token from refresh_tokens where session_id = ${person.sessionId}`;
  await asService((sql) => sql`select end_refused_session(${refresh?.['token']})`);
  const left = await admin`select id from auth.sessions where user_id = ${person.id}`;
  expect([...left]).toEqual([]);
});

test('a role of the staff comes by a confirmation in a later transaction only', async () => {
  const inviteInstructor = (email: string) =>
    asService(
      (
        sql,
      ) => sql`insert into invitations (id, organization_id, email, role, token_hash, inviter_name, expires_at)
        values (${randomUUID()}, ${organization}, ${email}, 'instructor',
                ${createHash('sha256').update(email).digest('hex')}, 'Head', now() + interval '1 day')`,
    );
  const roleOf = async (id: string) =>
    (await admin`select role from public.users where id = ${id}`)[0]?.['role'];
  const [confirmedAtOnce, confirmedLater] = [address(), address()];
  await inviteInstructor(confirmedAtOnce);
  await inviteInstructor(confirmedLater);
  expect(await roleOf((await signUp(confirmedAtOnce)).id)).toBe('student');
  const id = randomUUID();
  await gotrue`insert into users (instance_id, id, aud, role, email, raw_user_meta_data, created_at, updated_at)
    values ('00000000-0000-0000-0000-000000000000', ${id}, '', '', ${confirmedLater}, '{}', now(), now())`;
  expect(await roleOf(id)).toBe('student');
  await gotrue`update users set email_confirmed_at = now() where id = ${id}`;
  expect(await roleOf(id)).toBe('instructor');
});
