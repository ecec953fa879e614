import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres, type TestPostgres } from '../../api/test/postgres/server.js';
import { loadDemoSchool } from '../demo-school/load.js';
import {
  failWhenItDies,
  startChild,
  waitUntilHealthy,
  type RunningChild,
} from '../embedded/child-process.js';
import { loadLocalSecrets } from '../embedded/local-secrets.js';
import { processes } from '../embedded/processes.js';
import { seedDemoSchool } from '../embedded/seed.js';
import type { StartSettings } from '../embedded/start-settings.js';
import { freePort, startRedis, type TestRedis } from '../embedded/test-stack.js';

export type ProgramName = 'supabase' | 'engine' | 'api' | 'grader' | 'web';

export interface MonitoredStack {
  directory: string;
  settings: StartSettings;
  postgres: TestPostgres;
  /** By e-mail address. */
  passwords: Record<string, string>;
  /** Of api, grader (one higher) and web (two higher). */
  metricsPort: number;
  redisPort: number;
  redis: () => TestRedis;
  program(name: ProgramName): RunningChild;
  /** Ends a program for good, until it is started again. */
  stopProgram(name: ProgramName): Promise<void>;
  startProgram(name: ProgramName, environment?: NodeJS.ProcessEnv): Promise<void>;
  stopRedis(): Promise<void>;
  startRedis(): Promise<void>;
  stop(): Promise<void>;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .on('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The first of three ports in a row. */
const threePorts = async (): Promise<number> => {
  for (;;) {
    const port = await freePort();
    if ((await isFree(port + 1)) && (await isFree(port + 2))) return port;
  }
};

const limits = Object.fromEntries(
  ['AUTH', 'READ', 'WRITE', 'EXECUTION', 'ADMIN', 'UPLOAD'].map((name) => [
    `RATE_LIMIT_${name}`,
    '100000/1m burst 100000',
  ]),
);

/**
 * The embedded stack with the demo school on a real Postgres and a real Redis, on free ports and in a folder of its
 * own, each program with its metrics. `environment` is for all programs.
 */
export const startMonitoredStack = async (environment: NodeJS.ProcessEnv = {}): Promise<MonitoredStack> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'monitoring-'));
  mkdirSync(path.join(directory, 'logs'));
  const postgres = await startPostgres(['-c', 'shared_preload_libraries=pg_stat_statements']);
  const redisPort = await freePort();
  let redis = await startRedis({ port: redisPort });
  const metricsPort = await threePorts();
  const webPort = await freePort();
  const settings: StartSettings = {
    webPort,
    apiPort: await freePort(),
    enginePort: await freePort(),
    supabasePort: await freePort(),
    host: '127.0.0.1',
    appUrl: `http://localhost:${webPort}`,
    dataDirectory: directory,
    databaseUrl: postgres.url.replace('postgres@', `postgres:${postgres.password}@`),
  };
  const school = await loadDemoSchool();
  const secrets = loadLocalSecrets(
    path.join(directory, 'secrets.json'),
    school.accounts.map(({ email }) => email),
  );
  const specsWith = (more: NodeJS.ProcessEnv) =>
    processes({
      settings,
      secrets,
      development: false,
      environment: {
        ...process.env,
        ...limits,
        METRICS_PORT: String(metricsPort),
        REDIS_URL: redis.url,
        LOG_LEVEL: 'info',
        SESSION_SECRET: randomBytes(32).toString('hex'),
        ...environment,
        ...more,
      },
    });
  const running = new Map<ProgramName, RunningChild>();
  const start: MonitoredStack['startProgram'] = async (name, more = {}) => {
    const { command, health } = specsWith(more)[name];
    const child = startChild(command);
    running.set(name, child);
    if (health) await waitUntilHealthy(child, health);
    failWhenItDies(child);
  };
  const stop = async () => {
    for (const name of ['web', 'grader', 'api', 'engine', 'supabase'] as const)
      await running.get(name)?.stop();
    await Promise.all([redis.stop(), postgres.stop()]);
    await rm(directory, { recursive: true, force: true });
  };
  const program = (name: ProgramName): RunningChild => {
    const child = running.get(name);
    if (!child) throw new Error(`${name} does not run`);
    return child;
  };
  try {
    await Promise.all([start('supabase'), start('engine')]);
    await seedDemoSchool(school, {
      url: `http://127.0.0.1:${settings.supabasePort}`,
      anonKey: secrets.supabaseAnonKey,
      serviceRoleKey: secrets.supabaseServiceRoleKey,
      passwords: secrets.demoPasswords,
      stampFile: path.join(directory, 'seed.json'),
      databaseUrl: settings.databaseUrl,
    });
    await start('api');
    await Promise.all([start('grader'), start('web')]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    directory,
    settings,
    postgres,
    passwords: secrets.demoPasswords,
    metricsPort,
    redisPort,
    redis: () => redis,
    program,
    stopProgram: async (name) => {
      await program(name).stop();
      running.delete(name);
    },
    startProgram: start,
    stopRedis: () => redis.kill(),
    startRedis: async () => {
      redis = await startRedis({ port: redisPort });
    },
    stop,
  };
};
