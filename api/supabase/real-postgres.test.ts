/**
 * Our functions and policies on a real Postgres 17 with the tables that GoTrue and storage-api leave, each statement as
 * the role that runs it there: GoTrue as supabase_auth_admin, people and the api through authenticator.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { migrateDatabase } from '../src/database/migrations.js';
import { readMigrations } from '../src/database/migration-files.js';
import type { TestPostgres } from '../test/postgres/server.js';
import { createActing } from '../test/postgres/acting.js';
import { rolePasswords, startPreparedPostgres } from '../test/postgres/stage.js';

const patienceMs = 120_000;

let server: TestPostgres;
let admin: postgres.Sql;
let gotrue: postgres.Sql;
let rest: postgres.Sql;
let organization: string;

const { asRole, asPerson, asService, signUp, openSession } = createActing(() => ({ gotrue, rest }));

const sessionsOf = (userId: string) =>
  admin<{ n: number }[]>`
    select (select count(*) from auth.sessions where user_id = ${userId})::int
         + (select count(*) from auth.refresh_tokens where user_id = ${userId}::text)::int as n`;
const address = (): string => `${randomUUID()}@example.org`;

beforeAll(async () => {
  ({ server, admin } = await startPreparedPostgres());
  await migrateDatabase(admin, readMigrations(), () => undefined);
  gotrue = server.connect({
    user: 'supabase_auth_admin',
    password: rolePasswords.supabase_auth_admin,
  });
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

describe('an account that GoTrue makes', () => {
  test('is a student of the school with a welcome, and of the two mails only that', async () => {
    const email = address();
    const { id } = await signUp(email, { full_name: 'Ada', role: 'admin' });
    const [profile] = await asService(
      (sql) => sql`select full_name, role, email from users where id = ${id}`,
    );
    expect(profile).toEqual({ full_name: 'Ada', role: 'student', email });
    const mails = await asService((sql) => sql`select kind from mails where user_id = ${id}`);
    expect(mails).toEqual([{ kind: 'welcome' }]);
    await gotrue`update users set email = ${`new-${email}`} where id = ${id}`;
    const [moved] = await asService((sql) => sql`select email from users where id = ${id}`);
    expect(moved).toEqual({ email: `new-${email}` });
  });

  test('by an invitation has its role, and the token is in no later session', async () => {
    const email = address();
    const token = 'the token of the invitation';
    const hash = createHash('sha256').update(token).digest('hex');
    await asService(
      (
        sql,
      ) => sql`insert into invitations (id, organization_id, email, role, token_hash, inviter_name, expires_at)
        values (${randomUUID()}, ${organization}, ${email}, 'instructor', ${hash}, 'Head', now() + interval '1 day')`,
    );
    const { id } = await signUp(email, { full_name: 'Grace', invitation_token: token });
    const [made] = await admin`
      select u.role, a.raw_user_meta_data as metadata from public.users u join auth.users a using (id)
       where u.id = ${id}`;
    expect(made).toEqual({ role: 'instructor', metadata: { full_name: 'Grace', email_verified: true } });
    await expect(signUp(address(), { invitation_token: token })).rejects.toMatchObject({
      code: '23514',
      message: 'invitation_invalid',
    });
  });

  test('is refused where the school makes the accounts itself, whichever way it came', async () => {
    await asService(
      (sql) => sql`update organizations set registration = 'closed' where id = ${organization}`,
    );
    await expect(signUp(address())).rejects.toMatchObject({ code: '23514', message: 'registration_closed' });
    await asService((sql) => sql`update organizations set registration = 'open' where id = ${organization}`);
  });
});

describe('sessions', () => {
  test('are listed with times in UTC, and ended with their refresh tokens', async () => {
    const person = await signUp(address());
    const other = randomUUID();
    await openSession(person.id, other);
    const [listed] = await asService((sql) => sql`select list_sessions(${person.id}) as sessions`);
    const sessions = listed?.['sessions'] as { id: string; lastSeenAt: string }[];
    expect(sessions.map(({ id }) => id).sort()).toEqual([person.sessionId, other].sort());
    const [now] = await admin`select now() as now`;
    const age = (now?.['now'] as Date).getTime() - new Date(sessions[0]?.lastSeenAt ?? '').getTime();
    expect(Math.abs(age)).toBeLessThan(patienceMs);

    const [ended] = await asService((sql) => sql`select end_session(${person.id}, ${other}) as ended`);
    expect(ended).toEqual({ ended: true });
    expect(await sessionsOf(person.id)).toEqual([{ n: 2 }]);
  });

  test('that have ended give a token that is still good no rights', async () => {
    const person = await signUp(address());
    const who = () => asPerson(person, (sql) => sql`select my_identity() ->> 'sessionEnded' as ended`);
    const own = () => asPerson(person, (sql) => sql`select id from users where id = ${person.id}`);
    expect(await who()).toEqual([{ ended: 'false' }]);
    expect(await own()).toEqual([{ id: person.id }]);
    await asService((sql) => sql`select end_session(${person.id}, ${person.sessionId})`);
    expect(await who()).toEqual([{ ended: 'true' }]);
    const course = () => asPerson(person, (sql) => sql`select app.organization_id() as organization`);
    expect(await course()).toEqual([{ organization: null }]);
  });
});

describe('an administrator', () => {
  let head: Awaited<ReturnType<typeof signUp>>;
  beforeAll(async () => {
    head = await signUp(address(), { full_name: 'The head' });
    await asService((sql) => sql`update users set role = 'admin' where id = ${head.id}`);
  });

  test('closes an account: it is banned for GoTrue, its sessions are gone; and opens it again', async () => {
    const person = await signUp(address());
    const banned = () =>
      admin`select banned_until > now() + interval '50 years' as banned from auth.users where id = ${person.id}`;
    const set = (active: boolean) =>
      asService(
        (sql) =>
          sql`select set_active(${sql.json({ actor: head.id })}, array[${person.id}::uuid], ${active}) as n`,
      );
    expect(await set(false)).toEqual([{ n: 1 }]);
    expect(await banned()).toEqual([{ banned: true }]);
    expect(await sessionsOf(person.id)).toEqual([{ n: 0 }]);
    expect(await set(true)).toEqual([{ n: 1 }]);
    expect(await banned()).toEqual([{ banned: null }]);
  });

  test('lists people and reads one', async () => {
    const person = await signUp(address(), { full_name: 'Somebody to find' });
    const [list] = await asService(
      (sql) =>
        sql`select list_users(${organization}, 'somebody to', '', '', 'lastSignInAt', true, 0, 10) as page`,
    );
    expect(list?.['page']).toMatchObject({ total: 1, users: [{ id: person.id }] });
    const [one] = await asService((sql) => sql`select read_user(${organization}, ${person.id}) as person`);
    expect(one?.['person']).toMatchObject({ sessions: 1, submissions: 0 });
  });

  test('sees in the second step whose link to a new password it is', async () => {
    const person = await signUp(address(), { full_name: 'Forgetful' });
    await gotrue`update users set recovery_token = ${'5ec2e7'}, recovery_sent_at = now() where id = ${person.id}`;
    const [found] = await asService(
      (sql) => sql`select person_of_reset_token('5ec2e7') ->> 'fullName' as name`,
    );
    expect(found).toEqual({ name: 'Forgetful' });
  });
});

test('an account that GoTrue deletes takes its rows along, and leaves both sizes of its picture to be removed', async () => {
  const person = await signUp(address());
  await admin`
    with picture as (
      insert into public.files (organization_id, owner_id, purpose, state, name, media_type, size_bytes, sha256)
      values (${organization}, ${person.id}, 'avatar', 'ready', 'me.png', 'image/png', 1, ${'0'.repeat(64)})
      returning id)
    update public.users set avatar_file_id = (select id from picture) where id = ${person.id}`;
  await gotrue`delete from users where id = ${person.id}`;
  const [left] = await admin`
    select (select count(*) from public.users where id = ${person.id})::int as users,
           (select count(*) from public.files where owner_id = ${person.id})::int as files,
           (select count(*) from public.file_removals)::int as removals`;
  expect(left).toEqual({ users: 0, files: 0, removals: 2 });
});

test('GoTrue’s other tables are closed to our functions’ owner and to the api', async () => {
  for (const table of [
    'refresh_tokens',
    'identities',
    'one_time_tokens',
    'audit_log_entries',
    'mfa_factors',
  ]) {
    const [right] = await admin`
      select has_table_privilege('platform_owner', ${`auth.${table}`}, 'select') as owner,
             has_table_privilege('service_role', ${`auth.${table}`}, 'select') as service`;
    expect([table, right]).toEqual([table, { owner: false, service: false }]);
  }
  await expect(asService((sql) => sql`select email from auth.users`)).rejects.toMatchObject({
    code: '42501',
  });
});

test('the rows of our tables are closed to whoever has no token', async () => {
  const tables = await admin<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'p')`;
  expect(tables.length).toBeGreaterThan(15);
  for (const { name } of tables) {
    await expect(
      asRole('anon', { role: 'anon' }, (sql) => sql`select from ${sql(name)}`),
    ).rejects.toMatchObject({
      code: '42501',
    });
  }
  const open = await admin`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`;
  expect([...open]).toEqual([]);
});

test('anybody may call no function of ours but these', async () => {
  const callable = await admin<{ name: string }[]>`
    select p.proname as name from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'app'::regnamespace)
       and has_schema_privilege('anon', p.pronamespace, 'usage') and has_function_privilege('anon', p.oid, 'execute')
       and p.prorettype <> 'trigger'::regtype
     order by 1`;
  expect(callable.map(({ name }) => name)).toEqual([
    // open, code or closed: it asks for nothing and tells of no course.
    'registration_mode',
  ]);
});

test('a process of this release is told what the database lacks, and what it has more', async () => {
  const known = readMigrations().map(({ version }) => version);
  const ask = async (versions: string[]) => {
    const missing = await asService((sql) => sql`select missing_migrations(${versions}) as version`);
    const later = await asService((sql) => sql`select later_migrations(${versions.at(-1) ?? ''}) as version`);
    return [missing, later].map((rows) => rows.map(({ version }) => version));
  };
  expect(await ask(known)).toEqual([[], []]);
  expect(await ask([...known, '29990101000000'])).toEqual([['29990101000000'], []]);
  expect(await ask(known.slice(0, -1))).toEqual([[], known.slice(-1)]);
});
