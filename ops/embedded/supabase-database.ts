import { createPgliteConnection, type PgliteConnection } from '@supabase/lite/pglite';
import { createPostgresConnection, type PostgresConnection } from '@supabase/lite/postgres';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createTurnTakingKysely } from './request-turns.js';

export type Database = PgliteConnection | PostgresConnection;

/**
 * The embedded server hands the arguments of functions and the values of columns over as JSON text already; its driver
 * would make a JSON string of that text.
 */
const jsonAsItIs = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string): unknown => JSON.parse(text),
});
const postgresOptions = { types: { json: jsonAsItIs(114), jsonb: jsonAsItIs(3802) } };

/** Opens PGlite in a directory, or a real Postgres when a URL is given. Throws when neither can be opened. */
export const openDatabase = async (directory: string, databaseUrl: string | undefined): Promise<Database> => {
  if (databaseUrl) return createPostgresConnection({ url: databaseUrl, postgresOptions });
  const connection = await createPgliteConnection({ url: directory });
  return Object.assign(connection, { kysely: createTurnTakingKysely(connection.driver) });
};

export const rows = async <T>(database: Database, sql: string): Promise<T[]> => {
  const answer = await database.exec<T[] | { rows: T[] } | { rows: T[] }[]>(sql);
  const last = Array.isArray(answer) ? answer.at(-1) : answer;
  if (last && typeof last === 'object' && 'rows' in last) return last.rows;
  return Array.isArray(answer) ? (answer as T[]) : [];
};

/** The statements that bring back today's table and column privileges of the API roles in schema public. */
const privilegesOfToday = async (database: Database): Promise<string[]> => {
  const found = await rows<{ statement: string }>(
    database,
    `with relations as (
       select c.oid, c.relacl, format('%I.%I', n.nspname, c.relname) as name
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'v', 'm', 'p')
     ), granted as (
       select 1 as step, format('revoke all on %s from anon, authenticated', name) as statement from relations
       union all
       select 2, format('grant %s on %s to %I', a.privilege_type, r.name, a.grantee::regrole::text)
         from relations r, aclexplode(r.relacl) a
        where a.grantee <> 0 and a.grantee::regrole::text in ('anon', 'authenticated')
       union all
       select 3, format('grant %s (%I) on %s to %I', a.privilege_type, t.attname, r.name, a.grantee::regrole::text)
         from relations r join pg_attribute t on t.attrelid = r.oid and t.attnum > 0, aclexplode(t.attacl) a
        where a.grantee <> 0 and a.grantee::regrole::text in ('anon', 'authenticated')
     )
     select statement from granted order by step`,
  );
  return found.map(({ statement }) => statement);
};

/**
 * Creates the API roles and auth.uid(), once per process and before anything is served.
 *
 * On its first query the embedded server grants every privilege on every table with row-level security to anon and
 * authenticated, which would undo the column privileges of our migrations (a learner could set users.role). So its
 * set-up is run here, and the privileges as they were are put back.
 */
export const prepareRoles = async (database: Database): Promise<void> => {
  const before = await privilegesOfToday(database);
  await database.exec(
    `create schema if not exists embedded_boot;
     create table if not exists embedded_boot.marker (id integer);
     alter table embedded_boot.marker enable row level security;`,
  );
  await (database as unknown as { ensureRlsContext(): Promise<boolean> }).ensureRlsContext();
  await database.exec(
    [
      'drop schema embedded_boot cascade',
      // GoTrue keeps the links that it has sent there, and our migrations close them; the embedded server sends none.
      'create schema if not exists auth',
      'create table if not exists auth.one_time_tokens (id uuid primary key, user_id uuid not null, token_hash text not null)',
      'alter default privileges in schema public revoke all on tables from anon, authenticated',
      'alter default privileges in schema public revoke all on sequences from anon, authenticated',
      ...before,
    ].join(';\n'),
  );
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Applies the migrations that the Supabase CLI's own history table does not list, in order, each in one transaction
 * with its history row. Returns the names applied. Throws with the file's name and the database's message.
 */
export const migrate = async (database: Database, directory: string): Promise<string[]> => {
  await database.exec(
    `create schema if not exists supabase_migrations;
     create table if not exists supabase_migrations.schema_migrations (
       version text primary key, statements text[], name text);`,
  );
  const done = await rows<{ version: string }>(
    database,
    'select version from supabase_migrations.schema_migrations',
  );
  const applied = new Set(done.map(({ version }) => version));
  const files = (await readdir(directory)).filter((file) => /^\d{14}_.+\.sql$/.test(file)).sort();
  const fresh = files.filter((file) => !applied.has(file.slice(0, 14)));
  for (const file of fresh) {
    const sql = await readFile(path.join(directory, file), 'utf8');
    const history = `insert into supabase_migrations.schema_migrations (version, name, statements)
      values (${quoted(file.slice(0, 14))}, ${quoted(file.slice(15, -4))}, array[${quoted(sql)}])`;
    try {
      await database.exec(`begin;\n${sql};\n${history};\ncommit;`);
    } catch (error) {
      await database.exec('rollback').catch(() => undefined);
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new Error(`migration ${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause: error,
      });
    }
  }
  return fresh;
};
