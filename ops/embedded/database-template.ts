/** A migrated, empty database to copy from: making one anew takes seconds, and many tests want one of their own. */
import { createHash, randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from './child-process.js';

const templates = path.join(root, 'node_modules', '.cache', 'database-templates');
const migrations = path.join(root, 'api', 'supabase', 'migrations');

/** What the content of an empty database depends on. */
const currentKey = async (): Promise<string> => {
  const hash = createHash('sha256');
  const embedded = ['supabase.ts', 'supabase-database.ts', 'database-opening.ts', 'request-turns.ts'];
  // package.json has the versions of the embedded Supabase and its Postgres.
  for (const source of ['ops/package.json', ...embedded.map((file) => `ops/embedded/${file}`)]) {
    hash.update(await readFile(path.join(root, source)));
  }
  for (const file of (await readdir(migrations)).sort()) {
    hash.update(file).update(await readFile(path.join(migrations, file)));
  }
  return hash.digest('hex').slice(0, 16);
};

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Tests that run at the same time may each have made one; the first is kept. */
const keep = async (made: string, template: string): Promise<void> => {
  await mkdir(templates, { recursive: true });
  const older = (await readdir(templates)).filter((name) => name !== path.basename(template));
  await rename(made, template).catch(() => rm(made, { recursive: true, force: true }));
  // Made from migrations of before.
  const finished = older.filter((name) => !name.endsWith('.new'));
  await Promise.all(finished.map((name) => rm(path.join(templates, name), { recursive: true, force: true })));
};

/**
 * Puts a migrated, empty database into `folder`, which does not exist yet. Where there is no template of these
 * migrations, `make` is called with a folder in which it leaves a closed `database/`.
 */
export const copyTemplate = async (
  folder: string,
  make: (directory: string) => Promise<void>,
): Promise<void> => {
  const template = path.join(templates, await currentKey());
  try {
    await cp(template, folder, { recursive: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
    const directory = `${template}.${randomUUID()}.new`;
    await mkdir(directory, { recursive: true });
    try {
      await make(directory);
      await keep(path.join(directory, 'database'), template);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    await cp(template, folder, { recursive: true });
  }
};
