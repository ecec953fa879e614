import { readFileSync, readdirSync } from 'node:fs';

/** The share of looks at which a program may be busy and still counts as one that waits. */
const BUSY_SHARE = 0.1;
const FEWEST_LOOKS = 10;
/** A box with more threads than this counts as busy. */
const MOST_THREADS = 200;

/**
 * Watches the processes of a box from process 1, by its pid on the host. The function returned is called again and
 * again, and tells whether they have only waited so far: for input, a lock or the time. A thread that waits for the
 * processor or the disk is busy, so that a crowded machine ends nobody's program.
 */
export function createIdleWatch(boxPid: number, idleSeconds: number): () => boolean {
  const startedAt = performance.now();
  let looks = 0;
  let busy = 0;
  return () => {
    looks += 1;
    if (isBusy(boxPid)) busy += 1;
    const seconds = (performance.now() - startedAt) / 1000;
    return seconds >= idleSeconds && looks >= FEWEST_LOOKS && busy <= looks * BUSY_SHARE;
  };
}

function isBusy(boxPid: number): boolean {
  const open = [String(boxPid)];
  let threads = 0;
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const task of tasksOf(pid)) {
      threads += 1;
      if (threads > MOST_THREADS || /^[RD]$/.test(stateOf(`/proc/${pid}/task/${task}/stat`))) return true;
      open.push(...read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean));
    }
  }
  return false;
}

function tasksOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** The letter after the name, which may hold blanks and parentheses itself. */
function stateOf(path: string): string {
  const text = read(path);
  return text.slice(text.lastIndexOf(')') + 2, text.lastIndexOf(')') + 3);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
