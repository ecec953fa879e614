import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startChild, waitUntilHealthy, type RunningChild } from '../embedded/child-process.js';
import { freePort, startEngine, startSupabase, type TestSupabase } from '../embedded/test-stack.js';

export interface FuzzStack {
  api: RunningChild;
  port: number;
  url: string;
  supabase: TestSupabase;
  /** The last lines of the api's log that tell of a fault. */
  faults: () => Promise<string[]>;
  stop: () => Promise<void>;
}

// So that what is tried is what a route does, not that it refuses the thousandth request.
const unlimited = Object.fromEntries(
  ['AUTH', 'PASSWORD_RESET', 'READ', 'WRITE', 'UPLOAD', 'EXECUTION', 'ADMIN'].map((name) => [
    `RATE_LIMIT_${name}`,
    '100000/1m burst 100000',
  ]),
);

/** The embedded Supabase, the engine and the api as in production, on free ports and in a folder of their own. */
export const startFuzzStack = async (): Promise<FuzzStack> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'fuzz-'));
  const logFile = path.join(directory, 'api.log');
  const [supabase, engine] = await Promise.all([startSupabase(), startEngine()]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const api = startChild({
    name: 'api',
    args: ['--import', 'tsx', 'api/src/server.ts'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      APP_ENV: 'development',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      API_PORT: String(port),
      APP_URL: url,
      API_URL: url,
      SUPABASE_URL: supabase.url,
      SUPABASE_ANON_KEY: supabase.anonKey,
      SUPABASE_SERVICE_ROLE_KEY: supabase.serviceRoleKey,
      SUPABASE_JWT_SECRET: supabase.jwtSecret,
      SECOND_FACTOR_SECRET: 'a secret of the fuzzer, long enough for keys',
      JUDGE0_API_URL: engine.url,
      JUDGE0_API_KEY: engine.token,
      ...unlimited,
    },
    logFile,
  });
  const stop = async (): Promise<void> => {
    await api.stop();
    await Promise.all([supabase.stop(), engine.stop()]);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await waitUntilHealthy(api, { url: `${url}/api/ready` });
  } catch (error) {
    await stop();
    throw error;
  }
  const faults = async (): Promise<string[]> =>
    (await readFile(logFile, 'utf8'))
      .split('\n')
      .filter((line) => /"level":(50|60)|^\S*Error/.test(line))
      .map((line) => line.slice(0, 1500));
  return { api, port, url, supabase, faults, stop };
};
