/** What reads the token of a request in the database: one function, which also looks at the session. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import { readMigrations } from '../src/database/migration-files.js';
import { migrateDatabase } from '../src/database/migrations.js';
import type { TestPostgres } from '../test/postgres/server.js';
import { startPreparedPostgres } from '../test/postgres/stage.js';

const patienceMs = 120_000;
const readsToken = "'auth\\.(uid|jwt|role|email)\\s*\\(|request\\.jwt'";

let server: TestPostgres;
let admin: postgres.Sql;

beforeAll(async () => {
  ({ server, admin } = await startPreparedPostgres());
  await migrateDatabase(admin, readMigrations(), () => undefined);
}, patienceMs);

afterAll(async () => {
  await admin.end();
  await server.stop();
});

const found = async (sql: string): Promise<string[]> => {
  const rows = await admin.unsafe<{ name: string }[]>(sql);
  return rows.map(({ name }) => name);
};

test('only app.bearer reads the token, of all functions of ours', async () => {
  const functions = await found(
    `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('app', 'public') and p.prosrc ~ ${readsToken}`,
  );
  expect(functions).toEqual(['app.bearer()']);
});

test('no policy, default, view, constraint or trigger reads it', async () => {
  expect(
    await found(
      `select tablename || ': ' || policyname as name from pg_policies
        where schemaname in ('public', 'app') and concat_ws(' ', qual, with_check) ~ ${readsToken}
       union all
       select d.adrelid::regclass || ': default' from pg_attrdef d join pg_class c on c.oid = d.adrelid
         join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('app', 'public') and pg_get_expr(d.adbin, d.adrelid) ~ ${readsToken}
       union all
       select schemaname || '.' || viewname from pg_views
        where schemaname in ('app', 'public') and definition ~ ${readsToken}
       union all
       select conname from pg_constraint c join pg_namespace n on n.oid = c.connamespace
        where n.nspname in ('app', 'public') and pg_get_constraintdef(c.oid) ~ ${readsToken}
       union all
       select tgname from pg_trigger where pg_get_triggerdef(oid) ~ ${readsToken}`,
    ),
  ).toEqual([]);
});

test('every policy asks for it once a query, never once a row', async () => {
  const policies = await admin<{ name: string; expression: string }[]>`
    select tablename || ': ' || policyname as name, concat_ws(' ', qual, with_check) as expression
      from pg_policies where schemaname = 'public'`;
  expect(policies.length).toBeGreaterThan(20);
  // Postgres writes a wrapped call as "( SELECT app.caller_id() AS caller_id)".
  const bare = policies.filter(({ expression }) =>
    /app\.(caller_id|is_active|role|organization_id)\(\)/.test(
      expression.replaceAll(/SELECT app\.\w+\(\)/g, ''),
    ),
  );
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test('every table that people may reach demands a live session, by a restrictive policy', async () => {
  const open = await found(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not exists (
        select 1 from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname
           and p.permissive = 'RESTRICTIVE' and p.cmd = 'ALL' and p.qual ~ 'app.is_active' and p.with_check ~ 'app.is_active')
      order by 1`,
  );
  expect(open).toEqual([]);
});
