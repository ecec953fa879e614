/** A redis-server of Debian on REDIS_PORT that keeps nothing on disk; for tests, which want a real one. */
import { spawn } from 'node:child_process';
import { z } from 'zod';

const { REDIS_PORT: port } = z
  .object({ REDIS_PORT: z.coerce.number().int().min(1).max(65535) })
  .parse(process.env);
const options = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
const server = spawn('redis-server', options, { stdio: ['ignore', 'inherit', 'inherit'] });
server.on('error', (error) => {
  console.error(`redis-server does not start: ${error.message} (Debian package redis-server)`);
  process.exit(1);
});
server.once('exit', (code) => process.exit(code ?? 1));
process.once('SIGTERM', () => server.kill('SIGTERM'));
