import { chmodSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Name that tells an instance of the engine from every other, also after its pid is used again. */
export function instanceName(pid: number = process.pid): string {
  return `${pid}-${startTime(pid) ?? 0}`;
}

/** True while the process that took this name lives. */
export function isInstanceAlive(name: string): boolean {
  const [pid, started] = name.split('-').map(Number);
  return pid !== undefined && startTime(pid) === started;
}

function startTime(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : Number(fields[19]);
  } catch {
    return null;
  }
}

/** The engine's folder on the host: `<base>/<instance>`, swept of what dead instances left. */
export interface WorkDir {
  path: string;
  /** Makes and returns a folder inside. */
  folder: (name: string, mode?: number) => string;
  remove: () => void;
}

/**
 * Opens the work folder and removes the folders of instances that no longer live.
 * @throws when the base belongs to somebody else or is a link: then a stranger could swap what is mounted
 */
export function openWorkDir(base: string): WorkDir {
  mkdirSync(base, { recursive: true, mode: 0o711 });
  const stat = lstatSync(base);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    throw new Error(`${base} is not a folder of this user; remove it or set WORK_DIR`);
  }
  // Slot users must pass through to their files, and nobody else may list or write.
  chmodSync(base, 0o711);
  for (const name of readdirSync(base)) {
    if (/^\d+-\d+$/.test(name) && !isInstanceAlive(name)) removeTree(join(base, name));
  }
  const path = join(base, instanceName());
  mkdirSync(path, { mode: 0o711, recursive: true });
  return {
    path,
    folder: (name, mode = 0o711) => {
      const folder = join(path, name);
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, mode);
      return folder;
    },
    remove: () => removeTree(path),
  };
}

function removeTree(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}
