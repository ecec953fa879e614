import { chmodSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { ProcessLockedError, takeLock } from './process-lock.js';
import { StartError } from './start-error.js';

/** The lock that a running supervisor holds in its data directory. */
export const lockFileOf = (directory: string): string => path.join(directory, 'supervisor.pid');

const keepOnePredecessor = (logs: string): void => {
  for (const name of readdirSync(logs)) {
    const file = path.join(logs, name);
    if (name.endsWith('.log') && statSync(file).size > 0) renameSync(file, `${file}.1`);
  }
};

/**
 * Makes the data directory (for this user only) and takes its lock for this process.
 * Throws a StartError when it cannot be written or another supervisor works in it. Returns what gives it back.
 */
export const openDataDirectory = (directory: string): (() => void) => {
  try {
    mkdirSync(path.join(directory, 'logs'), { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
    const release = takeLock(lockFileOf(directory));
    keepOnePredecessor(path.join(directory, 'logs'));
    return release;
  } catch (error) {
    if (error instanceof ProcessLockedError) {
      throw new StartError(
        `This school is running already (process ${error.pid}). Stop that one with Ctrl-C or: kill ${error.pid}\n` +
          'For a second one beside it, set DATA_DIR and the four ports.',
      );
    }
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartError(
      `${directory} cannot be used (${code ?? message}): make it writable for this user, or set DATA_DIR to another folder`,
    );
  }
};
