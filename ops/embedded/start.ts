/** `make start` and `make dev`: everything in one place, supervised by this process. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadDemoSchool } from '../demo-school/load.js';
import { ChildStartError, root } from './child-process.js';
import { openDataDirectory } from './data-directory.js';
import { loadLocalSecrets } from './local-secrets.js';
import { requireFreePorts } from './ports.js';
import { processes } from './processes.js';
import { step } from './progress.mjs';
import { seedDemoSchool } from './seed.js';
import { StartError } from './start-error.js';
import { readStartSettings, type StartSettings } from './start-settings.js';
import { createSupervisor, type Supervisor } from './supervisor.js';
import { welcome } from './welcome.js';

const time = (): string => new Date().toTimeString().slice(0, 8);
const supervisor = createSupervisor((line) => console.error(`${time()}  ${line}`));

const portsOf = ({ webPort, apiPort, enginePort, supabasePort, host }: StartSettings) => [
  { setting: 'WEB_PORT', port: webPort, host },
  { setting: 'API_PORT', port: apiPort, host: '127.0.0.1' },
  { setting: 'ENGINE_PORT', port: enginePort, host: '127.0.0.1' },
  { setting: 'SUPABASE_PORT', port: supabasePort, host: '127.0.0.1' },
];

const stopOn = (signals: NodeJS.Signals[], onStopped: () => void): void => {
  let asked = 0;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    asked += 1;
    if (asked > 1) {
      supervisor.kill();
      return;
    }
    console.log(`\n${time()}  stopping (${signal}); once more to stop at once`);
    await supervisor.stop();
    onStopped();
    console.log(`${time()}  stopped`);
    process.exit(0);
  };
  for (const signal of signals) process.on(signal, () => void stop(signal));
};

const bringUp = async (settings: StartSettings, supervised: Supervisor): Promise<string> => {
  const school = await loadDemoSchool();
  const emails = school.accounts.map(({ email }) => email);
  const secrets = loadLocalSecrets(path.join(settings.dataDirectory, 'secrets.json'), emails);
  const development = process.argv.includes('--watch');
  const specs = processes({ settings, secrets, development, environment: process.env });
  const database = settings.databaseUrl ? 'Postgres of DATABASE_URL' : 'PGlite';
  const supabase = supervised.start(specs.supabase);
  // What does not need the other starts with it; a fault shows when its turn comes.
  const engine = supervised.start(specs.engine);
  engine.catch(() => undefined);
  await step(`database and accounts (${database})`, () => supabase);
  await step('demo school', () =>
    seedDemoSchool(school, {
      url: `http://127.0.0.1:${settings.supabasePort}`,
      anonKey: secrets.supabaseAnonKey,
      serviceRoleKey: secrets.supabaseServiceRoleKey,
      passwords: secrets.demoPasswords,
      stampFile: path.join(settings.dataDirectory, 'seed.json'),
      databaseUrl: settings.databaseUrl,
    }),
  );
  await step('judge engine', () => engine);
  const web = supervised.start(specs.web);
  web.catch(() => undefined);
  await step('api', () => supervised.start(specs.api));
  await step('grader', () => supervised.start(specs.grader));
  await step('web', () => web);
  return welcome({ school, settings, passwords: secrets.demoPasswords, development });
};

const main = async (): Promise<void> => {
  if (existsSync(path.join(root, '.env'))) process.loadEnvFile(path.join(root, '.env'));
  const settings = readStartSettings(process.env);
  const release = openDataDirectory(settings.dataDirectory);
  stopOn(['SIGINT', 'SIGTERM', 'SIGHUP'], release);
  try {
    await step('ports', () => requireFreePorts(portsOf(settings)));
    console.log(`\n${await bringUp(settings, supervisor)}\n`);
  } catch (error) {
    await supervisor.stop();
    release();
    throw error;
  }
};

main().catch((error: unknown) => {
  const expected = error instanceof StartError || error instanceof ChildStartError;
  console.error(expected ? `\n${error.message}` : error);
  process.exit(1);
});
