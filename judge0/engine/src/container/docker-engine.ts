import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, watch } from './shell.js';

/** No Docker engine can be had on this machine, so nothing can be proven. */
export class NoDockerError extends Error {
  override name = 'NoDockerError';
}

/** A Docker engine that answers. */
export interface DockerEngine {
  version: string;
  /** True when it was started here, and ends with stop(). */
  isOurs: boolean;
  stop: () => Promise<void>;
}

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;

/** Images and layers of our own engine, kept from one proof to the next. */
const DATA_ROOT = join(homedir(), '.cache', 'coding-platform', 'docker');

/**
 * The Docker engine of this machine, or Debian's one, installed and started here.
 * @throws NoDockerError when there is none and none can be installed
 * @throws Error when one is there that cannot be used
 */
export async function openDockerEngine(): Promise<DockerEngine> {
  const running = serverVersion();
  if (running) return { version: running, isOurs: false, stop: () => Promise.resolve() };
  // Two engines on one machine take each other's bridge and firewall rules away.
  if (isDaemonRunning()) throw new Error('dockerd runs here but does not answer: see docker info');
  if (!ask('dockerd', '--version').ok || !ask('docker', '--version').ok) await install();
  return startDaemon();
}

function serverVersion(): string | null {
  const { ok, stdout } = ask('docker', 'version', '--format', '{{.Server.Version}}');
  return ok ? stdout.trim() : null;
}

function isDaemonRunning(): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'dockerd';
      } catch {
        // It ended while we looked.
        return false;
      }
    });
}

async function install(): Promise<void> {
  if (process.getuid?.() !== 0) throw new NoDockerError('only root can install and start one');
  console.log('Installing Debian’s docker.io');
  await installDebianPackages('docker.io', 'iptables');
  if (!ask('dockerd', '--version').ok) throw new NoDockerError('apt-get did not bring dockerd');
}

/**
 * Installs Debian packages quietly.
 * @throws NoDockerError when apt cannot
 */
export async function installDebianPackages(...names: string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  await watch('apt-get', [...quiet, 'update'], env);
  const { ok } = await watch(
    'apt-get',
    [...quiet, 'install', '-y', '--no-install-recommends', ...names],
    env,
  );
  if (!ok) throw new NoDockerError(`apt-get cannot install ${names.join(' ')}`);
}

async function startDaemon(): Promise<DockerEngine> {
  if (process.getuid?.() !== 0) throw new NoDockerError('only root can start one');
  const folder = mkdtempSync(join(tmpdir(), 'engine-dockerd-'));
  mkdirSync(DATA_ROOT, { recursive: true });
  const logPath = join(folder, 'dockerd.log');
  const log = openSync(logPath, 'w');
  const child = spawn('dockerd', ['--data-root', DATA_ROOT, '--pidfile', join(folder, 'dockerd.pid')], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.on('error', () => resolve());
  });
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const stop = async () => {
    if (isAlive()) child.kill('SIGTERM');
    await Promise.race([ended, sleep(STOP_LIMIT_MS, undefined, { ref: false })]);
    if (isAlive()) child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && isAlive()) {
    const version = serverVersion();
    if (version) return { version, isOurs: true, stop };
    await sleep(200);
  }
  const lastWords = readFileSync(logPath, 'utf8').trim().split('\n').slice(-5).join('\n');
  await stop();
  throw new Error(`dockerd does not start:\n${lastWords}`);
}
