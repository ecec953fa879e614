import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GROUP_PREFIX, type Hierarchy } from './cgroup.js';
import { openCgroupV2 } from './cgroup-v2.js';
import { instanceName } from './work-dir.js';

// A folder with the kernel's files: this host may mount the unified hierarchy without its controllers.
let path: string;
let hierarchies: Hierarchy[];
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'cgroup-v2-'));
  hierarchies = [{ controllers: [], mount: path, path }];
  writeFileSync(join(path, 'cgroup.controllers'), 'cpu memory pids\n');
});
afterEach(() => rmSync(path, { recursive: true }));

const runFolder = () => join(path, GROUP_PREFIX + instanceName(), 'run-0');
const read = (file: string) => readFileSync(join(runFolder(), file), 'utf8');
const write = (file: string, content: string) => writeFileSync(join(runFolder(), file), content);

test('a run gets its limits in bytes and processes, and controllers are passed down', () => {
  openCgroupV2(hierarchies).create('run-0', { memoryKb: 64_000, processes: 63 });
  expect([read('memory.max'), read('pids.max')]).toEqual(['65536000', '63']);
  for (const folder of [path, join(path, GROUP_PREFIX + instanceName())])
    expect(readFileSync(join(folder, 'cgroup.subtree_control'), 'utf8')).toBe('+memory +pids');
});

test('CPU time comes from cpu.stat, kills from memory.events', () => {
  const group = openCgroupV2(hierarchies).create('run-0', { memoryKb: 1000, processes: 1 });
  write('cpu.stat', 'usage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\n');
  write('memory.current', '1');
  expect(group.cpuSeconds()).toBeCloseTo(1.234567, 6);
  write('memory.events', 'low 0\nhigh 0\nmax 7\noom 2\noom_kill 3\n');
  expect(group.oomKills()).toBe(3);
});

test('before memory.peak exists, the highest sample counts', () => {
  const group = openCgroupV2(hierarchies).create('run-0', { memoryKb: 1000, processes: 1 });
  write('cpu.stat', 'usage_usec 0\n');
  for (const bytes of [4096, 40_960, 8192]) {
    write('memory.current', String(bytes));
    group.cpuSeconds();
  }
  expect(group.peakMemoryKb()).toBe(40);
});

test('a process is attached by its number, and cgroup.kill ends all', async () => {
  const group = openCgroupV2(hierarchies).create('run-0', { memoryKb: 1000, processes: 1 });
  await group.attach(4711);
  expect(read('cgroup.procs')).toBe('4711');
  write('cgroup.kill', '');
  group.killAll();
  expect(read('cgroup.kill')).toBe('1');
});

test('groups of engines that no longer live are swept, others stay', () => {
  const [dead, living] = [`${GROUP_PREFIX}999999-1`, `${GROUP_PREFIX}${instanceName()}`];
  mkdirSync(join(path, dead, 'run-3'), { recursive: true });
  mkdirSync(join(path, living, 'run-3'), { recursive: true });
  openCgroupV2(hierarchies);
  expect([existsSync(join(path, dead)), existsSync(join(path, living, 'run-3'))]).toEqual([false, true]);
});

test.each([['memory'], ['pids']])('without the %s controller it says which one is missing', (missing) => {
  writeFileSync(join(path, 'cgroup.controllers'), 'memory pids'.replace(missing, ''));
  expect(() => openCgroupV2(hierarchies)).toThrow(`does not delegate the ${missing} controller`);
});

test('without a unified hierarchy it says so', () => {
  expect(() => openCgroupV2([])).toThrow('no cgroup v2 hierarchy is mounted');
});
