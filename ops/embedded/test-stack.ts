/** The embedded pieces on free ports in folders of their own, for tests. They die with the test process. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  failWhenItDies,
  startChild,
  waitUntilHealthy,
  type Health,
  type RunningChild,
} from './child-process.js';
import { copyTemplate } from './database-template.js';

export interface SupabaseOptions {
  /** Where it keeps its data; made when absent. Without it a new folder, removed by stop(). */
  directory?: string;
  /** A real Postgres in place of PGlite. */
  databaseUrl?: string;
  port?: number;
  appUrl?: string;
  jwtExpirySeconds?: number;
  /** New accounts open when their address is confirmed. */
  confirmEmail?: boolean;
}

export interface TestSupabase {
  url: string;
  anonKey: string;
  serviceRoleKey: string;
  jwtSecret: string;
  /** Holds `database/` and `supabase.log`. */
  directory: string;
  pid: number;
  /** As `kill -9`; settles when it is gone. The folder stays, so that it can be started again on it. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestEngine {
  url: string;
  /** For the header X-Auth-Token. */
  token: string;
  port: number;
  pid: number;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A TCP port of 127.0.0.1 that nobody listens on now. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const secret = (): string => randomBytes(32).toString('hex');

/** The same keys for the same folder, so that a second start on it accepts the first one's tokens. */
const keysOfFolder = new Map<string, { jwtSecret: string; anonKey: string; serviceRoleKey: string }>();

const keysOf = (directory: string) => {
  const known = keysOfFolder.get(directory);
  if (known) return known;
  const keys = {
    jwtSecret: secret(),
    anonKey: `sb_publishable_${secret()}`,
    serviceRoleKey: `sb_secret_${secret()}`,
  };
  keysOfFolder.set(directory, keys);
  return keys;
};

const endings = (child: RunningChild, removed: string | undefined) => ({
  kill: async () => {
    child.kill('SIGKILL');
    await child.exited;
  },
  stop: async () => {
    await child.stop();
    if (removed) await rm(removed, { recursive: true, force: true });
  },
});

const ready = async (child: RunningChild, health: Health): Promise<void> => {
  try {
    await waitUntilHealthy(child, health);
    failWhenItDies(child);
  } catch (error) {
    await child.stop(0);
    throw error;
  }
};

/** A new folder with an empty, migrated database. */
const newFolder = async (): Promise<string> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'supabase-'));
  await copyTemplate(path.join(directory, 'database'), async (template) => {
    await (await startSupabase({ directory: template })).stop();
  });
  return directory;
};

/** Starts the embedded Supabase, migrated and empty, and waits until it answers. Throws with its last log lines. */
export const startSupabase = async (options: SupabaseOptions = {}): Promise<TestSupabase> => {
  const directory =
    options.directory ??
    (options.databaseUrl ? await mkdtemp(path.join(tmpdir(), 'supabase-')) : await newFolder());
  mkdirSync(directory, { recursive: true });
  const port = options.port ?? (await freePort());
  const keys = keysOf(directory);
  const child = startChild({
    name: 'supabase',
    args: ['--import', 'tsx', 'ops/embedded/supabase.ts'],
    env: {
      ...process.env,
      SUPABASE_PORT: String(port),
      DATA_DIR: directory,
      DATABASE_URL: options.databaseUrl,
      APP_URL: options.appUrl ?? 'http://localhost:3000',
      SUPABASE_JWT_SECRET: keys.jwtSecret,
      SUPABASE_ANON_KEY: keys.anonKey,
      SUPABASE_SERVICE_ROLE_KEY: keys.serviceRoleKey,
      SUPABASE_JWT_EXPIRY_SECONDS: String(options.jwtExpirySeconds ?? 3600),
      SUPABASE_CONFIRM_EMAIL: String(options.confirmEmail ?? false),
      LITE_TELEMETRY: '0',
      DO_NOT_TRACK: '1',
    },
    logFile: path.join(directory, 'supabase.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(child, { url: `${url}/auth/v1/settings`, headers: { apikey: keys.anonKey } });
  const removed = options.directory ? undefined : directory;
  return { url, ...keys, directory, pid: child.pid, ...endings(child, removed) };
};

/** Starts the engine from its sources and waits until it answers. Throws with its last log lines. */
export const startEngine = async (options: { port?: number; token?: string } = {}): Promise<TestEngine> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'engine-log-'));
  const port = options.port ?? (await freePort());
  const token = options.token ?? secret();
  const child = startChild({
    name: 'engine',
    args: ['--import', 'tsx', 'judge0/engine/src/server.ts'],
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', AUTHN_TOKEN: token },
    logFile: path.join(directory, 'engine.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(child, { url: `${url}/about`, headers: { 'X-Auth-Token': token } });
  return { url, token, port, pid: child.pid, ...endings(child, directory) };
};

export interface TestRedis {
  url: string;
  port: number;
  /** As `kill -9`; settles when it is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const answersPing = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const answer = (alive: boolean) => () => {
      socket.destroy();
      resolve(alive);
    };
    socket.once('data', answer(true)).on('error', answer(false));
  });

/** Starts a real Redis, empty, and waits until it answers. Throws when it ends before. */
export const startRedis = async (options: { port?: number } = {}): Promise<TestRedis> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'redis-'));
  const port = options.port ?? (await freePort());
  const child = startChild({
    name: 'redis',
    args: ['--import', 'tsx', 'ops/embedded/redis.ts'],
    env: { ...process.env, REDIS_PORT: String(port) },
    logFile: path.join(directory, 'redis.log'),
  });
  while (!(await answersPing(port))) {
    if (child.exit()) throw new Error(`redis-server ended at start, see ${child.logFile}`);
    await sleep(20);
  }
  failWhenItDies(child);
  return { url: `redis://127.0.0.1:${port}`, port, ...endings(child, directory) };
};
