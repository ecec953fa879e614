/** `make reset`: removes the data directory after asking; refuses while the school runs. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { root } from './child-process.js';
import { lockFileOf } from './data-directory.js';
import { lockHolder } from './process-lock.js';
import { StartError } from './start-error.js';

const agrees = async (directory: string): Promise<boolean> => {
  if (process.env['YES'] === '1') return true;
  if (!process.stdin.isTTY)
    throw new StartError('Nobody is there to ask. To reset without asking: make reset YES=1');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `Remove ${directory} with all accounts, courses and submissions? [y/N] `,
  );
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
};

/** Whether everything in the folder is ours, so that a mistyped DATA_DIR costs nothing. */
const looksLikeData = (directory: string): boolean =>
  ['logs', 'secrets.json', 'database', 'mail'].some((name) => existsSync(path.join(directory, name)));

const main = async (): Promise<void> => {
  if (existsSync(path.join(root, '.env'))) process.loadEnvFile(path.join(root, '.env'));
  const directory = path.resolve(root, process.env['DATA_DIR'] || '.data');
  if (!existsSync(directory)) {
    console.log(`Nothing to remove: there is no ${directory}`);
    return;
  }
  if (!looksLikeData(directory))
    throw new StartError(`${directory} is not a data directory of ours; it stays`);
  const running = lockHolder(lockFileOf(directory)) ?? lockHolder(path.join(directory, 'database.pid'));
  if (running !== null)
    throw new StartError(`The school is running (process ${running}). Stop it first: kill ${running}`);
  if (!(await agrees(directory))) {
    console.log('Nothing was removed.');
    return;
  }
  rmSync(directory, { recursive: true });
  console.log(`Removed ${directory}`);
  if (process.env['DATABASE_URL']) console.log('The Postgres of DATABASE_URL was left as it is.');
};

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});
