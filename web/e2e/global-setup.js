import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '../..');
const startPatienceMs = 180_000;

const freePort = async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
};

const isFree = async (port) => {
  const server = createServer();
  const free = await new Promise((resolve) => {
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
};

// Api, grader and web have theirs side by side.
const freeMetricsPort = async () => {
  for (;;) {
    const port = await freePort();
    if (port < 65_000 && (await isFree(port + 1)) && (await isFree(port + 2))) return port;
  }
};

// A journey clicks faster than people, and all journeys come from one address; what limits do is shown by their own.
const generousLimits = Object.fromEntries(
  ['AUTH', 'PASSWORD_RESET', 'READ', 'PUBLIC_READ', 'WRITE', 'UPLOAD', 'EXECUTION', 'ADMIN'].map((name) => [
    `RATE_LIMIT_${name}`,
    '100000/1m burst 100000',
  ]),
);

/** Starts a school as `make start` does, with ports and data of its own, and waits for its first page. */
const openSchool = async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'journeys-'));
  const [web, api, engine, supabase] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const metrics = await freeMetricsPort();
  // A journey listens there with answers that were recorded.
  const prometheusUrl = `http://127.0.0.1:${await freePort()}`;
  const baseUrl = `http://localhost:${web}`;
  const school = spawn(process.execPath, ['--import', 'tsx', 'ops/embedded/start.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: directory,
      WEB_PORT: String(web),
      API_PORT: String(api),
      ENGINE_PORT: String(engine),
      SUPABASE_PORT: String(supabase),
      METRICS_PORT: String(metrics),
      PROMETHEUS_URL: prometheusUrl,
      // Of all that the programs could write, nothing may be a secret: a journey looks.
      LOG_LEVEL: 'trace',
      ...generousLimits,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [school.stdout, school.stderr]) stream.on('data', (chunk) => (output += chunk));
  const end = Date.now() + startPatienceMs;
  while (!output.includes(`is open:  ${baseUrl}`)) {
    if (school.exitCode !== null) throw new Error(`the school did not start:\n${output}`);
    if (Date.now() > end) throw new Error(`the school did not start in time:\n${output}`);
    await sleep(100);
  }
  const { demoPasswords } = JSON.parse(await readFile(path.join(directory, 'secrets.json'), 'utf8'));
  return {
    settings: {
      JOURNEY_BASE_URL: baseUrl,
      JOURNEY_API_URL: `http://localhost:${api}`,
      JOURNEY_DATA_DIR: directory,
      JOURNEY_WEB_METRICS_URL: `http://127.0.0.1:${metrics + 2}/metrics`,
      JOURNEY_PROMETHEUS_URL: prometheusUrl,
      JOURNEY_DEMO_PASSWORDS: JSON.stringify(demoPasswords),
    },
    close: async () => {
      const exited = once(school, 'exit');
      school.kill('SIGTERM');
      await exited;
      // The supervisor starts again what dies, so no journey needs to notice.
      const deaths = output.split('\n').filter((line) => / ended \((?!SIGKILL)/.test(line));
      if (deaths.length > 0) {
        const logs = await readdir(path.join(directory, 'logs'));
        const lines = await Promise.all(
          logs.map(async (name) => (await readFile(path.join(directory, 'logs', name), 'utf8')).split('\n')),
        );
        const reasons = lines.flat().filter((line) => line.includes('"unhandled error"'));
        throw new Error(['a program died during the journeys:', ...deaths, ...reasons].join('\n'));
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** A school for each of jest's workers, so that journeys that change a whole school never meet another one. */
export default async function globalSetup({ maxWorkers }) {
  const schools = [];
  globalThis.closeSchools = () => Promise.all(schools.map(({ close }) => close()));
  // One after the other: their ports are free only until somebody takes them.
  while (schools.length < maxWorkers) schools.push(await openSchool());
  process.env.JOURNEY_SCHOOLS = JSON.stringify(schools.map(({ settings }) => settings));
}
