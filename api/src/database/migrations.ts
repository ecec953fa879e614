import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, DatabaseProgramError, type Say, type Sql, type Transaction } from './connection.js';
import { planMigrations, type Migration } from './migration-files.js';

// Any number that nothing else of this database locks by; all that migrate have the same.
const lockKey = 20_261_124;
const lockTimeout = '4s';
const lockTries = 15;

const ownerSql = readFileSync(path.join(import.meta.dirname, '../../supabase/owner.sql'), 'utf8');

/** What our migrations read of GoTrue's tables: all of it must be there, and GoTrue's own migrations take a moment. */
const needed = [
  ...[
    'banned_until',
    'email_confirmed_at',
    'invited_at',
    'last_sign_in_at',
    'raw_user_meta_data',
    'recovery_token',
    'email_change_token_current',
    'reauthentication_token',
  ].map((column) => `users.${column}`),
  'sessions.updated_at',
  'sessions.refreshed_at',
  'one_time_tokens.token_hash',
  'refresh_tokens.session_id',
];

const missingOfAuth = async (sql: Sql): Promise<string[]> => {
  const there = await sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_class c on c.oid = a.attrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'auth' and not a.attisdropped`;
  const names = new Set(there.map(({ name }) => name));
  return needed.filter((name) => !names.has(name));
};

/** Waits until GoTrue has made its tables. Throws DatabaseProgramError (3) after waitMs. */
export const waitForAuth = async (sql: Sql, { waitMs, say }: { waitMs: number; say: Say }): Promise<void> => {
  const until = Date.now() + waitMs;
  for (let missing = await missingOfAuth(sql); missing.length > 0; missing = await missingOfAuth(sql)) {
    if (Date.now() > until) {
      throw new DatabaseProgramError(
        `GoTrue has not made its tables: auth.${missing.join(', auth.')}. Look at it: docker compose logs auth`,
        3,
      );
    }
    say('Waiting for the tables of GoTrue.');
    await sleep(1000);
  }
};

/** Runs work in a transaction that no other process migrates beside; waits for one that does. */
const alone = async <T>(sql: Sql, say: Say, work: (transaction: Transaction) => Promise<T>): Promise<T> => {
  const result = await sql.begin(async (transaction) => {
    const [lock] = await transaction<{ got: boolean }[]>`select pg_try_advisory_xact_lock(${lockKey}) as got`;
    if (!lock?.got) {
      say('Another migrate is at work: waiting for it.');
      await transaction`select pg_advisory_xact_lock(${lockKey})`;
    }
    return work(transaction);
  });
  return result as T;
};

const hasOwnerRole = async (sql: Sql | Transaction): Promise<boolean> => {
  const roles = await sql`select from pg_catalog.pg_roles where rolname = 'platform_owner'`;
  return roles.length > 0;
};

/** The history of the Supabase CLI, column by column as its pkg/migration/history.go makes it. */
const prepare = async (transaction: Transaction): Promise<void> => {
  await transaction.unsafe(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
    alter table supabase_migrations.schema_migrations add column if not exists statements text[];
    alter table supabase_migrations.schema_migrations add column if not exists name text;`);
  if (await hasOwnerRole(transaction)) await transaction.unsafe(ownerSql);
};

const appliedIn = async (sql: Sql | Transaction): Promise<string[]> => {
  const rows = await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`;
  return rows.map(({ version }) => version);
};

/** Applies one with its line of history; false when somebody else has done it meanwhile. */
const applyOnce = (sql: Sql, say: Say, { version, name, sql: text }: Migration): Promise<boolean> =>
  alone(sql, say, async (transaction) => {
    if ((await appliedIn(transaction)).includes(version)) return false;
    await transaction.unsafe(`set local lock_timeout = '${lockTimeout}'`);
    // The hosted Supabase has no such role: there the migrations are the owner's who runs them.
    if (await hasOwnerRole(transaction)) await transaction.unsafe('set local role platform_owner');
    await transaction.unsafe(text);
    await transaction.unsafe('reset role');
    await transaction`
      insert into supabase_migrations.schema_migrations (version, name, statements)
      values (${version}, ${name}, ${[text]})`;
    return true;
  });

const lockNotAvailable = '55P03';

/** A table that is in use is waited for a moment at a time, since whoever comes after us would wait behind us. */
const apply = async (sql: Sql, say: Say, migration: Migration): Promise<boolean> => {
  const file = `${migration.version}_${migration.name}.sql`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applyOnce(sql, say, migration);
    } catch (error) {
      if (codeOf(error) !== lockNotAvailable || attempt === lockTries) {
        const { message } = error as Error;
        throw new DatabaseProgramError(`Migration ${file} failed, and nothing of it is left: ${message}`, 1, {
          cause: error,
        });
      }
      say(`${file}: a table is in use, trying again (${attempt} of ${lockTries - 1}).`);
      await sleep(2000);
    }
  }
};

const divergedMessage = (unknown: string[], outOfOrder: string[]): string =>
  unknown.length > 0
    ? `This database has had migrations that this release does not know (${unknown.join(', ')}) and lacks some that ` +
      'it needs. Start the release that the database was last used with, or restore the backup from before.'
    : `These migrations are older than the last that this database has had, so they cannot follow it: ` +
      `${outOfOrder.join(', ')}. Start the release that the database was last used with.`;

/** What a run has done. */
export interface MigrationReport {
  applied: string[];
  /** Of a newer release; nothing was done then. */
  unknown: string[];
}

/**
 * Brings a database up to the given migrations, each in a transaction of its own together with its line in the Supabase
 * CLI's history, and tells PostgREST. Safe to run at once in several places. Throws DatabaseProgramError: 1 for a
 * migration that fails, 2 for a database of another history.
 */
export const migrateDatabase = async (
  sql: Sql,
  migrations: readonly Migration[],
  say: Say,
): Promise<MigrationReport> => {
  await alone(sql, say, prepare);
  const known = migrations.map(({ version }) => version);
  const plan = planMigrations(known, await appliedIn(sql));
  if (plan.kind === 'diverged') {
    throw new DatabaseProgramError(divergedMessage(plan.unknown, plan.outOfOrder), 2);
  }
  if (plan.kind === 'newer') return { applied: [], unknown: plan.unknown };
  const applied: string[] = [];
  for (const migration of migrations.filter(({ version }) => plan.pending.includes(version))) {
    if (!(await apply(sql, say, migration))) continue;
    applied.push(migration.version);
    say(`Applied ${migration.version}_${migration.name}.`);
  }
  await sql`select pg_notify('pgrst', 'reload schema')`;
  return { applied, unknown: [] };
};
