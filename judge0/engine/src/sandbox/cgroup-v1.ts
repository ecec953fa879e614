import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GROUP_PREFIX,
  type GroupFactory,
  type Hierarchy,
  type RunGroup,
  attachTo,
  killGroup,
  removeGroups,
  sweepGroups,
} from './cgroup.js';
import { instanceName } from './work-dir.js';

/** Room for a program that is about to be ended; no more than it could take in the moment until then. */
const RELIEF_BYTES = 16 * 1024 * 1024;
const NEEDED = ['memory', 'cpuacct', 'pids'] as const;

/**
 * Run groups in the separate hierarchies of cgroup v1.
 * @throws when a controller is missing or its folder cannot be written
 */
export function openCgroupV1(hierarchies: Hierarchy[]): GroupFactory {
  const parents = new Set<string>();
  for (const controller of NEEDED) {
    const hierarchy = hierarchies.find((candidate) => candidate.controllers.includes(controller));
    if (!hierarchy) throw new Error(`cgroup v1 has no ${controller} controller`);
    parents.add(hierarchy.path);
  }
  const roots = [...parents].map((parent) => {
    sweepGroups(parent);
    const root = join(parent, GROUP_PREFIX + instanceName());
    mkdirSync(root, { recursive: true });
    return root;
  });
  const withFile = (file: string) => {
    const root = roots.find((candidate) => existsSync(join(candidate, file)));
    if (!root) throw new Error(`cgroup v1 has no ${file}`);
    return root;
  };
  const memoryRoot = withFile('memory.limit_in_bytes');
  const cpuRoot = withFile('cpuacct.usage');
  const pidsRoot = withFile('cgroup.procs');
  const hasSwapLimit = existsSync(join(memoryRoot, 'memory.memsw.limit_in_bytes'));

  return {
    mode: 'cgroup-v1',
    create: (name, limits) => {
      const folders = roots.map((root) => join(root, name));
      for (const folder of folders) mkdirSync(folder);
      const bytes = String(limits.memoryKb * 1024);
      writeFileSync(join(memoryRoot, name, 'memory.limit_in_bytes'), bytes);
      if (hasSwapLimit) writeFileSync(join(memoryRoot, name, 'memory.memsw.limit_in_bytes'), bytes);
      // Who wants more than that waits until it is ended, and can write what it printed before.
      writeFileSync(join(memoryRoot, name, 'memory.oom_control'), '1');
      const pids = folders.map((folder) => join(folder, 'pids.max')).find((file) => existsSync(file));
      if (pids) writeFileSync(pids, String(limits.processes));
      return runGroup(folders, join(memoryRoot, name), join(cpuRoot, name), join(pidsRoot, name));
    },
    close: () => {
      for (const root of roots) {
        try {
          rmdirSync(root);
        } catch {
          // A run is still ending; the next start sweeps it.
        }
      }
    },
  };
}

function runGroup(folders: string[], memory: string, cpu: string, processes: string): RunGroup {
  const read = (file: string) => readFileSync(file, 'utf8');
  return {
    attach: (pid) => attachTo(folders, pid),
    cpuSeconds: () => Number(read(join(cpu, 'cpuacct.usage'))) / 1e9,
    peakMemoryKb: () => Math.ceil(Number(read(join(memory, 'memory.max_usage_in_bytes'))) / 1024),
    isStarved: () => /^under_oom 1/m.test(read(join(memory, 'memory.oom_control'))),
    relieve: () => {
      const limit = Number(read(join(memory, 'memory.limit_in_bytes'))) + RELIEF_BYTES;
      for (const file of ['memory.memsw.limit_in_bytes', 'memory.limit_in_bytes']) {
        if (existsSync(join(memory, file))) writeFileSync(join(memory, file), String(limit));
      }
    },
    oomKills: () => Number(/^oom_kill (\d+)/m.exec(read(join(memory, 'memory.oom_control')))?.[1] ?? 0),
    killAll: () => killGroup(processes),
    remove: () => removeGroups(folders),
  };
}
