import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PACKAGE_ROOT } from '../package-root.js';
import { runOptions } from './compose-options.js';
import { ask, must } from './shell.js';

/** Judge0's settings under which the suites' answers were recorded; they change no right of the container. */
const RECORDED = {
  AUTHZ_TOKEN: 'authz',
  MAX_QUEUE_SIZE: '1000',
  ENABLE_SUBMISSION_DELETE: 'true',
  ENABLE_CALLBACKS: 'true',
  CALLBACKS_ALLOW_PRIVATE: 'true',
};

const HEALTH_LIMIT_MS = 180_000;

/** The engine's container, as compose.engine.yml describes it. */
export interface EngineContainer {
  name: string;
  url: string;
  token: string;
  /** Stands in a file and in the environment of the container, and must never be seen from a box. */
  canary: string;
  /** The engine's process as the host sees it, and the host's path of its root. */
  pid: number;
  root: string;
  secondsToHealthy: number;
}

/**
 * Starts the image in an internal network and waits until its own health check is content. `onCreate` gets what takes
 * container and network away, before there are any.
 * @throws when it ends, or is not healthy in time, with its last words
 */
export async function startEngineContainer(
  image: string,
  onCreate: (remove: () => void) => void,
): Promise<EngineContainer> {
  const name = `engine-proof-${randomBytes(4).toString('hex')}`;
  const token = randomBytes(24).toString('hex');
  const canary = `CANARY-${randomBytes(8).toString('hex')}`;
  onCreate(() => {
    ask('docker', 'rm', '--force', '--volumes', name);
    ask('docker', 'network', 'rm', name);
  });
  const folder = join(PACKAGE_ROOT, 'container');
  const compose = readFileSync(join(folder, 'compose.engine.yml'), 'utf8');
  const options = runOptions(compose, folder, { AUTHN_TOKEN: token });
  for (const [key, value] of Object.entries({ ...RECORDED, PROOF_CANARY: canary })) {
    options.push('--env', `${key}=${value}`);
  }
  // The same health check, asked more often so that nobody waits for it.
  options.push('--health-interval', '2s');
  const startedAt = Date.now();
  must('docker', 'network', 'create', '--internal', name);
  must('docker', 'run', '--detach', '--name', name, '--network', name, ...options, image);
  await untilHealthy(name);
  const secondsToHealthy = (Date.now() - startedAt) / 1000;
  must('docker', 'exec', name, 'sh', '-c', `echo ${canary} > /tmp/secret`);
  const pid = enginePid(name);
  return { name, url: address(name), token, canary, pid, root: `/proc/${pid}/root`, secondsToHealthy };
}

async function untilHealthy(name: string): Promise<void> {
  const deadline = Date.now() + HEALTH_LIMIT_MS;
  for (;;) {
    const state = must('docker', 'inspect', '--format', '{{.State.Status}} {{.State.Health.Status}}', name);
    if (state === 'running healthy') return;
    if (!state.startsWith('running') || Date.now() > deadline) {
      const { stdout, stderr } = ask('docker', 'logs', '--tail', '20', name);
      const health = must('docker', 'inspect', '--format', '{{json .State.Health.Log}}', name);
      throw new Error(`the container is "${state}": ${stdout}${stderr}\n${health.slice(-1000)}`);
    }
    await sleep(250);
  }
}

/** An internal network publishes no port, but its bridge is the host's. */
function address(name: string): string {
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  return `http://${must('docker', 'inspect', '--format', format, name)}:2358`;
}

/** Processes of the container by their pids on the host. */
export function processesOf(name: string): { pid: number; command: string }[] {
  return must('docker', 'top', name, '-o', 'pid,args')
    .split('\n')
    .slice(1)
    .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
    .map((match) => ({ pid: Number(match?.[1]), command: match?.[2] ?? '' }));
}

function enginePid(name: string): number {
  const engine = processesOf(name).find(({ command }) => /^node .*server\.js$/.test(command));
  if (!engine) throw new Error('no engine process in the container');
  return engine.pid;
}
