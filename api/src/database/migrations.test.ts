/** On a real Postgres 17, after bootstrap and with the tables of GoTrue as it leaves them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type postgres from 'postgres';
import { startPostgres, type TestPostgres } from '../../test/postgres/server.js';
import { rolePasswords, startServicesOf } from '../../test/postgres/stage.js';
import { waitUntil } from '../../test/wait-until.js';
import { bootstrapDatabase } from './bootstrap.js';
import { readMigrations, type Migration } from './migration-files.js';
import { migrateDatabase, waitForAuth } from './migrations.js';

const patienceMs = 120_000;
const ours = readMigrations();

let server: TestPostgres;
let admin: postgres.Sql;

const silent = (): void => undefined;
const migrate = async (migrations: readonly Migration[], say: (line: string) => void = silent) => {
  const sql = server.connect();
  try {
    return await migrateDatabase(sql, migrations, say);
  } finally {
    await sql.end();
  }
};

const history = async (): Promise<string[]> => {
  const rows = await admin<{ version: string }[]>`
    select version from supabase_migrations.schema_migrations order by version`;
  return rows.map(({ version }) => version);
};

const later = (version: string, sql: string): Migration => ({ version, name: 'table__what', sql });

beforeAll(async () => {
  server = await startPostgres();
  admin = server.connect();
  await bootstrapDatabase(admin, rolePasswords);
}, patienceMs);

afterAll(async () => {
  await admin.end();
  await server.stop();
});

test(
  'it waits for GoTrue, and two at once apply each migration once',
  async () => {
    await expect(waitForAuth(admin, { waitMs: 0, say: silent })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(
        /^GoTrue has not made its tables: auth\.users\.banned_until.*logs auth$/,
      ),
    });
    const said: string[] = [];
    const waiting = waitForAuth(admin, { waitMs: patienceMs, say: (line) => said.push(line) });
    await waitUntil(() => said.length > 0);
    await startServicesOf(server);
    await waiting;

    const reports = await Promise.all([migrate(ours), migrate(ours)]);
    expect(reports.flatMap(({ applied }) => applied).sort()).toEqual(ours.map(({ version }) => version));
    expect(await history()).toEqual(ours.map(({ version }) => version));
  },
  patienceMs,
);

test('the history is that of the Supabase CLI', async () => {
  const columns = await admin`
    select column_name, data_type, is_nullable from information_schema.columns
     where table_schema = 'supabase_migrations' and table_name = 'schema_migrations' order by ordinal_position`;
  expect(columns.map((column) => Object.values(column).join(' '))).toEqual([
    'version text NO',
    'statements ARRAY YES',
    'name text YES',
  ]);
  const [first] = await admin`
    select version, coalesce(name, '') as name, statements from supabase_migrations.schema_migrations
     order by version limit 1`;
  expect(first).toEqual({ version: ours[0]?.version, name: ours[0]?.name, statements: [ours[0]?.sql] });
});

describe('whose our objects are', () => {
  const owners = () => admin<{ owner: string; kind: string }[]>`
    select distinct o.owner::regrole::text as owner, o.kind from (
      select relowner, 'relation' from pg_class where relnamespace in ('public'::regnamespace, 'app'::regnamespace)
        and relkind in ('r', 'v', 'S')
      union all select proowner, 'function' from pg_proc
        where pronamespace in ('public'::regnamespace, 'app'::regnamespace)
      union all select nspowner, 'schema' from pg_namespace where nspname = 'app') o (owner, kind) order by 2`;
  const allOfTheOwner = ['function', 'relation', 'schema'].map((kind) => ({ owner: 'platform_owner', kind }));

  test('all are of a role that nobody signs in as and that is no superuser', async () => {
    expect([...(await owners())]).toEqual(allOfTheOwner);
  });

  test('its rights to the tables of GoTrue are these', async () => {
    const [rights] = await admin`
      select (select string_agg(c.relname || ' ' || a.privilege_type, ', ' order by c.relname, a.privilege_type)
                from pg_class c, aclexplode(c.relacl) a
               where a.grantee = 'platform_owner'::regrole and c.relnamespace <> 'public'::regnamespace) as tables,
             (select string_agg(c.relname || '.' || t.attname || ' ' || a.privilege_type, ', '
                               order by c.relname, t.attname)
                from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
               where a.grantee = 'platform_owner'::regrole) as columns`;
    expect(rights).toEqual({
      tables:
        'one_time_tokens DELETE, schema_migrations SELECT, sessions DELETE, sessions SELECT, users REFERENCES, users SELECT, users TRIGGER',
      columns: [
        'one_time_tokens.user_id SELECT',
        'refresh_tokens.session_id SELECT',
        'refresh_tokens.token SELECT',
        'users.banned_until UPDATE',
        'users.email_change UPDATE',
        'users.email_change_token_current UPDATE',
        'users.email_change_token_new UPDATE',
        'users.raw_user_meta_data UPDATE',
        'users.reauthentication_token UPDATE',
        'users.recovery_token UPDATE',
      ].join(', '),
    });
  });

  test('what `supabase db push` made as the superuser is handed over, and later migrations can change it', async () => {
    const pushed = '29990101000000';
    await admin.unsafe(`
      create table public.pushed (id bigserial primary key);
      create function app.pushed() returns integer language sql as 'select 1';
      insert into supabase_migrations.schema_migrations (version, name, statements) values ('${pushed}', 'x', '{}')`);
    const all = [
      ...ours,
      later(pushed, ''),
      later('29990101000001', 'alter table public.pushed add column a text'),
    ];
    expect(await migrate(all)).toEqual({ applied: ['29990101000001'], unknown: [] });
    expect([...(await owners())]).toEqual(allOfTheOwner);
    await admin.unsafe(`drop table public.pushed; drop function app.pushed();
      delete from supabase_migrations.schema_migrations where version > '2999'`);
  });
});

describe('a migration that fails', () => {
  test('leaves nothing behind and is named', async () => {
    const wrong = later('29990202000000', 'create table public.half (id integer); select 1 / 0;');
    await expect(migrate([...ours, wrong])).rejects.toMatchObject({
      exitCode: 1,
      message: 'Migration 29990202000000_table__what.sql failed, and nothing of it is left: division by zero',
    });
    expect(await admin`select to_regclass('public.half') as half`).toEqual([{ half: null }]);
    expect(await history()).toEqual(ours.map(({ version }) => version));
  });

  test('a table that is in use is waited for', async () => {
    const user = server.connect();
    const reserved = await user.reserve();
    await reserved.unsafe('begin; select 1 from public.organizations');
    const said: string[] = [];
    const add = later('29990303000000', 'alter table public.organizations add column later_on text');
    const migrating = migrate([...ours, add], (line) => said.push(line));
    await waitUntil(() => said.some((line) => line.includes('a table is in use')), { patienceMs: 20_000 });
    await reserved.unsafe('commit');
    expect((await migrating).applied).toEqual([add.version]);
    reserved.release();
    await user.end();
    await admin.unsafe(`alter table public.organizations drop column later_on;
      delete from supabase_migrations.schema_migrations where version > '2999'`);
  });
});

describe('a database of another release', () => {
  test('of a newer one is left as it is: an older release works with it', async () => {
    const newer = later('29990404000000', 'create table public.newer (id integer)');
    await migrate([...ours, newer]);
    expect(await migrate(ours)).toEqual({ applied: [], unknown: [newer.version] });
    expect(await admin`select to_regclass('public.newer')::text as newer`).toEqual([{ newer: 'newer' }]);
    await admin.unsafe(`drop table public.newer;
      delete from supabase_migrations.schema_migrations where version > '2999'`);
  });

  test('with a gap, or with ones that are not ours, is refused', async () => {
    const early = later('20200101000000', 'create table public.early (id integer)');
    await expect(migrate([early, ...ours])).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('older than the last that this database has had'),
    });
    await expect(migrate(ours.slice(1))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(`does not know (${ours[0]?.version})`),
    });
    expect(await history()).toEqual(ours.map(({ version }) => version));
  });
});

test('PostgREST is told', async () => {
  const told: string[] = [];
  await admin.listen('pgrst', (payload) => told.push(payload));
  await migrate(ours);
  await waitUntil(() => told.length > 0);
  expect(told).toEqual(['reload schema']);
});

test(
  'the program says what it did, and ends with a code for what it could not',
  async () => {
    const program = path.join(__dirname, '../migrate.ts');
    const run = async (password: string): Promise<[number, string]> => {
      const env = { PATH: process.env['PATH'], DATABASE_URL: server.url, POSTGRES_PASSWORD: password };
      try {
        const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], { env });
        return [0, stdout];
      } catch (error) {
        const { code, stderr } = error as { code: number; stderr: string };
        return [code, stderr];
      }
    };
    expect(await run(server.password)).toEqual([0, 'The database is up to date.\n']);
    expect(await run('some-other-password')).toEqual([1, expect.stringContaining('refuses the password')]);
    await admin`insert into supabase_migrations.schema_migrations (version) values ('20200101000000')`;
    expect(await run(server.password)).toEqual([
      2,
      expect.stringContaining('does not know (20200101000000)'),
    ]);
  },
  patienceMs,
);
