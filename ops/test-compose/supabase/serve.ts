/**
 * One of GoTrue, PostgREST and the Storage, as its port and its way of listening; behind them is the embedded Supabase,
 * which the storage's container runs, since it alone has the volume of the files. Paths begin where the gateway has cut
 * them off. It leaves our migrations to the stack's own job.
 */
import { spawn } from 'node:child_process';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

/** Of the embedded Supabase, which listens on 127.0.0.1 only; and where the two other containers reach it. */
const embedded = 54321;
const shared = 54322;

interface Program {
  port: number;
  /** The path that the gateway cut off. */
  prefix: string;
  /** What its health check asks for, and what tells the same of the embedded Supabase. */
  health: { port: number; path: string; stands: string };
}

const programs: Record<string, Program> = {
  auth: {
    port: 9999,
    prefix: '/auth/v1',
    health: { port: 9999, path: '/health', stands: '/auth/v1/settings' },
  },
  rest: { port: 3000, prefix: '/rest/v1', health: { port: 3001, path: '/ready', stands: '/rest/v1/' } },
  storage: {
    port: 5000,
    prefix: '/storage/v1',
    health: { port: 5000, path: '/status', stands: '/storage/v1/bucket' },
  },
};

const name = process.argv[2] ?? '';
const program = programs[name];
if (!program)
  throw new Error(`serve.ts stands in for ${Object.keys(programs).join(', ')}, and not for ${name}`);

// All three listen on IPv4 only, as the real ones do with the settings of docker-compose.yml.
const everywhere = '0.0.0.0';
const isHolder = name === 'storage';
const holder = isHolder ? { host: '127.0.0.1', port: embedded } : { host: 'storage', port: shared };
const apikey = process.env['SUPABASE_SERVICE_ROLE_KEY'];

const pass = (from: IncomingMessage, to: ServerResponse, path: string, headers = from.headers): void => {
  const onward = request({ ...holder, method: from.method, path, headers });
  onward.once('response', (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, to, () => undefined);
  });
  onward.on('error', () => {
    if (to.headersSent) to.destroy();
    else to.writeHead(503).end();
  });
  pipeline(from, onward, () => undefined);
};

const { health, port, prefix } = program;
for (const own of new Set([port, health.port])) {
  createServer((from, to) => {
    const asksHealth = own === health.port && from.url === health.path && !from.headers.apikey;
    if (asksHealth) pass(from, to, health.stands, { ...from.headers, apikey });
    else pass(from, to, `${prefix}${from.url ?? ''}`);
  }).listen(own, everywhere);
}

const stop = (): void => process.exit(0);
if (isHolder) {
  createServer((from, to) => pass(from, to, from.url ?? '')).listen(shared, everywhere);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'ops/embedded/supabase.ts', '--without-migrations'],
    { env: { ...process.env, SUPABASE_PORT: String(embedded) }, stdio: 'inherit' },
  );
  child.once('exit', (code) => process.exit(code ?? 1));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
} else {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
}
