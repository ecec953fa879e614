import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** One embedded Supabase and one engine for all api tests; each test file makes its own organization in it. */
export default async function globalSetup() {
  // A process of its own, because jest maps no modules in a global set-up and could not load the TypeScript.
  const servers = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'servers.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const failed = once(servers, 'exit').then(([code]) => {
    throw new Error(`the test servers did not start (exit code ${code})`);
  });
  failed.catch(() => undefined);
  const [addresses] = await Promise.race([once(servers, 'message'), failed]);
  Object.assign(process.env, addresses);
  globalThis.stopTestServers = async () => {
    const [code] = await (servers.connected
      ? (servers.disconnect(), once(servers, 'exit'))
      : [servers.exitCode]);
    if (code !== 0) throw new Error(`the test servers ended with exit code ${code}: its reason is above`);
  };
}
