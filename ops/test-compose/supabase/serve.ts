/**
 * The embedded Supabase in the places of GoTrue, PostgREST and the Storage: three ports, whose paths begin where the
 * gateway has cut them off. It leaves our migrations to the stack's own job.
 */
import { spawn } from 'node:child_process';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

const embedded = 54321;

/** Port, the path that the gateway cut off, and what the program's own health check asks for. */
const programs = [
  { port: 9999, prefix: '/auth/v1', health: { path: '/health', stands: '/auth/v1/settings' } },
  { port: 3000, prefix: '/rest/v1', health: { path: '/', stands: '/rest/v1/' } },
  { port: 5000, prefix: '/storage/v1', health: { path: '/status', stands: '/storage/v1/bucket' } },
];

const child = spawn(
  process.execPath,
  ['--import', 'tsx', 'ops/embedded/supabase.ts', '--without-migrations'],
  {
    env: { ...process.env, SUPABASE_PORT: String(embedded) },
    stdio: 'inherit',
  },
);
child.once('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));

const apikey = process.env['SUPABASE_SERVICE_ROLE_KEY'];

const forward = (program: (typeof programs)[number], from: IncomingMessage, to: ServerResponse): void => {
  const asksHealth = from.url === program.health.path && !from.headers.apikey;
  const onward = request({
    port: embedded,
    method: from.method,
    path: asksHealth ? program.health.stands : `${program.prefix}${from.url}`,
    headers: asksHealth ? { ...from.headers, apikey } : from.headers,
  });
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

for (const program of programs) {
  createServer((from, to) => forward(program, from, to)).listen(program.port);
}
