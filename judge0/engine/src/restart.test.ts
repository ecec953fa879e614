import { afterEach, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PACKAGE_ROOT } from './package-root.js';

const base = mkdtempSync(join(tmpdir(), 'engine-restart-'));
chmodSync(base, 0o711);
const workDir = join(base, 'work');
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
});

async function start(): Promise<{ url: string; child: ChildProcess }> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const child = spawn(process.execPath, ['--import', 'tsx', join(PACKAGE_ROOT, 'src', 'server.ts')], {
    cwd: PACKAGE_ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      WORK_DIR: workDir,
      LANGUAGES: '46',
      PRECOMPILED_HEADERS: 'false',
      SLOTS: '2',
      SLOT_BASE_UID: '63000',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  running.push(child);
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await fetch(`${url}/version`).catch(() => null)) return { url, child };
    await sleep(100);
  }
  throw new Error('the engine does not answer');
}

const submit = async (url: string, source: string) => {
  const response = await fetch(`${url}/submissions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ language_id: 46, source_code: source }),
  });
  return ((await response.json()) as { token: string }).token;
};

const exited = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise<number | null>((resolve) => child.once('exit', resolve));

/** Living processes whose command line holds this text. */
function processesWith(text: string): number {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  }).length;
}

function groupsOf(pid: number): string[] {
  const own = readFileSync('/proc/self/cgroup', 'utf8').split('\n');
  const memory = own.find((line) => line.includes(':memory:'))?.split(':')[2] ?? '';
  const folder = join('/sys/fs/cgroup/memory', memory);
  return existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith(`judge0-engine-${pid}-`))
    : [];
}

test('a killed engine leaves no program behind, and the next one forgets its tokens and sweeps its files', async () => {
  const first = await start();
  const token = await submit(first.url, '(sleep 54321 &) ; sleep 54321');
  for (let look = 0; look < 100 && processesWith('54321') < 2; look++) await sleep(50);
  expect(processesWith('54321')).toBeGreaterThanOrEqual(2);
  const [firstFolder] = readdirSync(workDir).filter((name) => name.startsWith(`${first.child.pid}-`));
  first.child.kill('SIGKILL');
  await exited(first.child);
  for (let look = 0; look < 100 && processesWith('54321') > 0; look++) await sleep(50);
  expect(processesWith('54321')).toBe(0);

  const second = await start();
  expect((await fetch(`${second.url}/submissions/${token}`)).status).toBe(404);
  expect(readdirSync(workDir)).not.toContain(firstFolder);
  expect(groupsOf(first.child.pid ?? 0)).toEqual([]);

  const last = await submit(second.url, 'sleep 0.5');
  second.child.kill('SIGTERM');
  const late = await fetch(`${second.url}/submissions/${last}`).catch(() => null);
  expect(late?.status ?? 'closed').not.toBe(500);
  expect(await exited(second.child)).toBe(0);
  expect(readdirSync(workDir).filter((name) => name !== 'versions.json')).toEqual([]);
});
