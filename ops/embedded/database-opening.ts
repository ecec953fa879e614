import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessLockedError, takeLock } from './process-lock.js';
import { openDatabase, rows, type Database } from './supabase-database.js';

/** The database cannot be used; the message says why and what to do. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';
}

/** A predecessor that was told to stop needs no longer than this. */
const PREDECESSOR_MS = 15_000;

/** Two processes in one PGlite folder would destroy it, so this waits for a predecessor that is still stopping. */
const lockFolder = async (folder: string): Promise<() => void> => {
  const until = Date.now() + PREDECESSOR_MS;
  for (;;) {
    try {
      return takeLock(`${folder}.pid`);
    } catch (error) {
      if (!(error instanceof ProcessLockedError)) throw error;
      if (Date.now() > until) {
        throw new DatabaseError(
          `Process ${error.pid} still uses the database in ${folder}; stop it: kill ${error.pid}`,
        );
      }
    }
    await sleep(100);
  }
};

const describe = (error: unknown): string => {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
};

const openPglite = async (folder: string): Promise<Database> => {
  const unfinished = `${folder}.unfinished`;
  // Killed while the database was made: there is nothing in it yet, and it might never open.
  if (existsSync(unfinished)) rmSync(folder, { recursive: true, force: true });
  if (!existsSync(folder)) writeFileSync(unfinished, '');
  try {
    const database = await openDatabase(folder, undefined);
    await rows(database, 'select 1');
    rmSync(unfinished, { force: true });
    return database;
  } catch (error) {
    throw new DatabaseError(
      `The database in ${folder} does not open (${describe(error)}).\n` +
        'Put back a copy of that folder, or start over with: make reset (all its data is lost)',
    );
  }
};

/**
 * Opens the database of the embedded Supabase and asks it something: PGlite in a folder of the data directory, or
 * the Postgres of a URL. Throws a DatabaseError with the remedy. Returns it with what closes it.
 */
export const openEmbeddedDatabase = async (
  dataDirectory: string,
  databaseUrl: string | undefined,
): Promise<{ database: Database; close: () => Promise<void> }> => {
  if (databaseUrl) {
    try {
      const database = await openDatabase('', databaseUrl);
      await rows(database, 'select 1');
      return { database, close: () => database.close() };
    } catch (error) {
      const { host, pathname } = new URL(databaseUrl);
      throw new DatabaseError(
        `The Postgres at ${host}${pathname} cannot be used (${describe(error)}): check DATABASE_URL`,
      );
    }
  }
  mkdirSync(dataDirectory, { recursive: true });
  const folder = path.join(dataDirectory, 'database');
  const release = await lockFolder(folder);
  const database = await openPglite(folder);
  return {
    database,
    close: async () => {
      await database.close();
      release();
    },
  };
};
