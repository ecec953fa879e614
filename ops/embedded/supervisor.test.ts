import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from './child-process.js';
import { createSupervisor, restartDelayMs, type ProcessSpec, type Supervisor } from './supervisor.js';
import { freePort } from './test-stack.js';

let directory: string;
let reports: string[];
let supervisor: Supervisor;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'supervisor-'));
  reports = [];
  supervisor = createSupervisor((line) => reports.push(line));
});
afterEach(async () => {
  supervisor.kill();
  await supervisor.stop();
  rmSync(directory, { recursive: true });
});

const program = (name: string, code: string, health: ProcessSpec['health'] = null): ProcessSpec => ({
  command: { name, args: ['--eval', code], env: process.env, logFile: path.join(directory, `${name}.log`) },
  health,
});
const logOf = (name: string): string => readFileSync(path.join(directory, `${name}.log`), 'utf8');

const until = async (what: () => boolean): Promise<void> => {
  for (let waited = 0; !what(); waited += 20) {
    if (waited > 10_000) throw new Error('it did not happen');
    await sleep(20);
  }
};

const server = (port: number): string =>
  `console.log('pid ' + process.pid);
   require('http').createServer((q, r) => r.end('ok')).listen(${port}, '127.0.0.1')`;
const pids = (name: string): number[] =>
  [...logOf(name).matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));

test('a process that is killed comes back, and its death is reported', async () => {
  const port = await freePort();
  const health = { url: `http://127.0.0.1:${port}/` };
  await supervisor.start(program('api', server(port), health));
  process.kill(pids('api')[0] ?? 0, 'SIGKILL');
  await until(() => pids('api').length === 2);
  expect(reports).toEqual([
    expect.stringMatching(/^api ended \(SIGKILL\), again in 1 s; its log: .*api\.log$/),
  ]);
  await until(() => pids('api')[1] !== pids('api')[0]);
});

test('the wait before a restart doubles up to half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map(restartDelayMs)).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
});

test('a process that ends at start is not started again; its last words are in the error', async () => {
  const spec = program('api', `console.error('settings are wrong'); process.exit(3)`, {
    url: 'http://127.0.0.1:1/',
  });
  await expect(supervisor.start(spec)).rejects.toThrow(
    /api ended at start \(exit code 3\)[^]*settings are wrong/,
  );
  await sleep(1_200);
  expect(logOf('api').match(/settings/g)).toHaveLength(1);
});

test('a process that stays silent is told from one that ended', async () => {
  const spec = program('web', `console.log('still busy'); setInterval(() => {}, 1000)`, {
    url: 'http://127.0.0.1:1/',
    timeoutMs: 3_000,
  });
  await expect(supervisor.start(spec)).rejects.toThrow(/web did not answer at .* within 3 s[^]*still busy/);
});

test('the first process stops after all others', async () => {
  const code = (name: string, delayMs: number) =>
    `process.on('SIGTERM', () => setTimeout(() => { console.log('${name} ' + Date.now()); process.exit(0); }, ${delayMs}));
     setInterval(() => {}, 1000);
     console.log('up')`;
  await supervisor.start(program('database', code('stopped', 0)));
  await supervisor.start(program('api', code('stopped', 300)));
  await until(() => logOf('database').includes('up') && logOf('api').includes('up'));
  await supervisor.stop();
  const timeOf = (name: string): number => Number(/stopped (\d+)/.exec(logOf(name))?.[1]);
  expect(timeOf('database')).toBeGreaterThanOrEqual(timeOf('api'));
  expect(reports).toEqual([]);
});

test('a process that ignores SIGTERM is killed with what it started', async () => {
  const child = startChild(
    program(
      'stubborn',
      `process.on('SIGTERM', () => {});
       const inner = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       console.log('pid ' + inner.pid);
       setInterval(() => {}, 1000)`,
    ).command,
  );
  await until(() => pids('stubborn').length === 1);
  await child.stop(200);
  expect(child.exit()).toEqual({ code: null, signal: 'SIGKILL' });
  const inner = pids('stubborn')[0] ?? 0;
  await until(() => {
    try {
      // A zombie that nobody waits for is dead, too.
      return readFileSync(`/proc/${inner}/stat`, 'utf8').includes(') Z ');
    } catch {
      return true;
    }
  });
});
