import { readFileSync, readdirSync, rmdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isInstanceAlive } from './work-dir.js';

/** What a run may use; memory in kB. */
export interface GroupLimits {
  memoryKb: number;
  processes: number;
}

/** The control group of one run: exact for every process in it, orphans and threads included. */
export interface RunGroup {
  /** Off the main thread: the kernel may wait here for every fork on the machine. */
  attach: (pid: number) => Promise<void>;
  cpuSeconds: () => number;
  peakMemoryKb: () => number;
  /** Whether its processes wait because the memory is used up; a kernel that kills at once never says so. */
  isStarved: () => boolean;
  /** Gives what waits the room to write what it holds back before it is ended. */
  relieve: () => void;
  /** How often the kernel killed something here for lack of memory. */
  oomKills: () => number;
  killAll: () => void;
  /** Ends what is left and removes the group; resolves when it is gone. */
  remove: () => Promise<void>;
}

/** Makes run groups below one folder that belongs to this engine. */
export interface GroupFactory {
  mode: 'cgroup-v1' | 'cgroup-v2';
  create: (name: string, limits: GroupLimits) => RunGroup;
  close: () => void;
}

/** Folders of engines carry this prefix, so that leftovers of dead ones are known. */
export const GROUP_PREFIX = 'judge0-engine-';

/** One mounted cgroup hierarchy as this process sees it; path is its own group's folder. */
export interface Hierarchy {
  controllers: string[];
  mount: string;
  path: string;
}

/**
 * Hierarchies of this process from /proc/self/cgroup and /proc/self/mountinfo.
 * In a cgroup namespace the path may not exist below the mount; then the mount itself is the group.
 */
export function readHierarchies(
  cgroup: string,
  mountinfo: string,
  exists: (path: string) => boolean,
): Hierarchy[] {
  const mounts = mountinfo.split('\n').flatMap((line) => {
    const [left, right] = line.split(' - ');
    const mountPoint = left?.split(' ')[4];
    const [type, , options] = right?.split(' ') ?? [];
    return mountPoint && type ? [{ mountPoint, type, options: (options ?? '').split(',') }] : [];
  });
  return cgroup.split('\n').flatMap((line) => {
    const match = /^\d+:([^:]*):(.*)$/.exec(line);
    if (!match) return [];
    const controllers = (match[1] ?? '').split(',').filter(Boolean);
    const mount = mounts.find((candidate) =>
      controllers.length === 0
        ? candidate.type === 'cgroup2'
        : candidate.type === 'cgroup' && controllers.every((name) => candidate.options.includes(name)),
    );
    if (!mount) return [];
    const nested = join(mount.mountPoint, match[2] ?? '');
    return [{ controllers, mount: mount.mountPoint, path: exists(nested) ? nested : mount.mountPoint }];
  });
}

/** Pids in the group, empty when it is gone. */
export function groupPids(folder: string): number[] {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Moves a process into the groups of all these folders. */
export async function attachTo(folders: string[], pid: number): Promise<void> {
  await Promise.all(folders.map((folder) => writeFile(join(folder, 'cgroup.procs'), String(pid))));
}

/** Kills until nobody is left: a killed process may have forked just before. */
export function killGroup(folder: string): void {
  for (let round = 0; round < 20; round++) {
    const pids = groupPids(folder);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }
}

/** Removes group folders; the kernel answers EBUSY until the last process is fully gone. */
export async function removeGroups(folders: string[]): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const left = folders.filter((folder) => !removeGroup(folder));
    if (left.length === 0) return;
    for (const folder of left) killGroup(folder);
    await sleep(attempt < 20 ? 2 : 25);
  }
  throw new Error(`control groups stay busy: ${folders.join(', ')}`);
}

function removeGroup(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** Ends and removes the groups of engines that no longer live. */
export function sweepGroups(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(GROUP_PREFIX) || isInstanceAlive(name.slice(GROUP_PREFIX.length))) continue;
    const folder = join(parent, name);
    for (const child of readdirSync(folder, { withFileTypes: true })) {
      if (!child.isDirectory()) continue;
      killGroup(join(folder, child.name));
      removeGroup(join(folder, child.name));
    }
    removeGroup(folder);
  }
}
