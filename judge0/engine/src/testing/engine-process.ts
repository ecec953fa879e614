import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../conformance/http-client.js';
import { PACKAGE_ROOT } from '../package-root.js';

/** An engine in a process of its own. */
export interface EngineProcess {
  url: string;
  pid: number;
  workDir: string;
  child: ChildProcess;
  /** SIGTERM, then everything of it is removed. */
  stop: () => Promise<void>;
}

/** Starts the built engine with these settings on a free port and waits until it answers. */
export async function startEngineProcess(
  env: Record<string, string>,
  base = newBase(),
): Promise<EngineProcess> {
  const port = await freePort();
  const workDir = join(base, 'work');
  const child = spawn(process.execPath, [join(PACKAGE_ROOT, 'dist', 'server.js')], {
    env: { ...process.env, LOG_LEVEL: 'warn', PORT: String(port), WORK_DIR: workDir, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  child.once('exit', (code, signal) => {
    // Tests end it by SIGTERM or SIGKILL; what else ends it is a fault that no test may overlook.
    if (code === 0 || signal === 'SIGTERM' || signal === 'SIGKILL') return;
    throw new Error(`the engine ended by itself (${signal ?? `exit code ${code}`})`);
  });
  return {
    url,
    pid: child.pid ?? 0,
    workDir,
    child,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** A folder that slot users can pass through. */
export function newBase(): string {
  const base = mkdtempSync(join(tmpdir(), 'engine-process-'));
  chmodSync(base, 0o755);
  return base;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new Error(`the engine ended with ${child.exitCode}`);
    try {
      await send(url, { method: 'GET', path: '/version' });
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error('the engine does not answer');
}
