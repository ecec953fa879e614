import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GROUP_PREFIX,
  type GroupFactory,
  type Hierarchy,
  type RunGroup,
  attachTo,
  groupPids,
  killGroup,
  removeGroups,
  sweepGroups,
} from './cgroup.js';
import { instanceName } from './work-dir.js';

/**
 * Run groups in the unified hierarchy. Needs the memory and pids controllers delegated to this process's group
 * (root, or a systemd unit with Delegate=yes).
 * @throws when a controller is not delegated or the folder cannot be written
 */
export function openCgroupV2(hierarchies: Hierarchy[]): GroupFactory {
  const own = hierarchies.find((candidate) => candidate.controllers.length === 0);
  if (!own) throw new Error('no cgroup v2 hierarchy is mounted');
  const available = readFileSync(join(own.path, 'cgroup.controllers'), 'utf8').split(/\s+/);
  for (const controller of ['memory', 'pids']) {
    if (!available.includes(controller))
      throw new Error(`cgroup v2 does not delegate the ${controller} controller`);
  }
  sweepGroups(own.path);
  makeRoomFor(own);
  enable(own.path);
  const root = join(own.path, GROUP_PREFIX + instanceName());
  mkdirSync(root, { recursive: true });
  enable(root);

  return {
    mode: 'cgroup-v2',
    create: (name, limits) => {
      const folder = join(root, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'memory.max'), String(limits.memoryKb * 1024));
      if (existsSync(join(folder, 'memory.swap.max'))) writeFileSync(join(folder, 'memory.swap.max'), '0');
      writeFileSync(join(folder, 'pids.max'), String(limits.processes));
      return runGroup(folder);
    },
    close: () => {
      try {
        rmdirSync(root);
      } catch {
        // A run is still ending; the next start sweeps it.
      }
    },
  };
}

/** A v2 group with controllers enabled for children may hold no processes itself, save for the real root. */
function makeRoomFor(own: Hierarchy): void {
  if (!existsSync(join(own.path, 'cgroup.type'))) return;
  const leaf = join(own.path, 'judge0-engine-self');
  mkdirSync(leaf, { recursive: true });
  for (const pid of groupPids(own.path)) {
    try {
      writeFileSync(join(leaf, 'cgroup.procs'), String(pid));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function enable(folder: string): void {
  writeFileSync(join(folder, 'cgroup.subtree_control'), '+memory +pids');
}

function runGroup(folder: string): RunGroup {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const hasPeak = existsSync(join(folder, 'memory.peak'));
  let sampledPeak = 0;
  return {
    attach: (pid) => attachTo([folder], pid),
    cpuSeconds: () => {
      // Before Linux 5.19 there is no memory.peak: the highest of the samples taken with each look at the CPU.
      if (!hasPeak) sampledPeak = Math.max(sampledPeak, Number(read('memory.current')));
      return Number(/^usage_usec (\d+)/m.exec(read('cpu.stat'))?.[1] ?? 0) / 1e6;
    },
    peakMemoryKb: () => Math.ceil((hasPeak ? Number(read('memory.peak')) : sampledPeak) / 1024),
    // The kernel kills at once, and what the program held back is lost.
    isStarved: () => false,
    relieve: () => undefined,
    oomKills: () => Number(/^oom_kill (\d+)/m.exec(read('memory.events'))?.[1] ?? 0),
    killAll: () => {
      if (existsSync(join(folder, 'cgroup.kill'))) writeFileSync(join(folder, 'cgroup.kill'), '1');
      else killGroup(folder);
    },
    remove: () => removeGroups([folder]),
  };
}
