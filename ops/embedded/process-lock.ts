import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Another living process holds the lock. */
export class ProcessLockedError extends Error {
  override name = 'ProcessLockedError';
  constructor(
    readonly pid: number,
    file: string,
  ) {
    super(`process ${pid} holds ${file}`);
  }
}

/** When a process began, in clock ticks since boot: with the pid it names one process for good. */
const beginOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in parentheses, may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The pid of the living process that holds the lock; null when nobody does. */
export const lockHolder = (file: string): number | null => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  const [pidText, begin = ''] = text.trim().split(' ');
  const pid = Number(pidText);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && beginOf(pid) === begin ? pid : null;
};

/** Takes the lock for this process, also from a dead one. Throws ProcessLockedError; returns what gives it back. */
export const takeLock = (file: string): (() => void) => {
  for (;;) {
    try {
      writeFileSync(file, `${process.pid} ${beginOf(process.pid)}\n`, { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = lockHolder(file);
      if (holder !== null) throw new ProcessLockedError(holder, file);
      rmSync(file, { force: true });
    }
  }
};
