/** `make test-compose`: the project's own docker-compose.yml and Dockerfile, built, started, used, broken and removed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NoDockerError, openDockerEngine } from '../../judge0/engine/src/container/docker-engine.js';
import { ask } from '../../judge0/engine/src/container/shell.js';
import { runAdapterTests } from '../testcontainers/run-tests.js';
import { openComposePlugins } from './compose-plugins.js';
import { domain } from './environment.js';
import { startPhases, type Phases } from './phases.js';
import { inviteFirstAdmin, seedSchool } from './school.js';
import { prepareImages } from './stand-in-images.js';
import { newStack, runTests } from './tests.js';
import { type Stack, mustCompose } from './stack.js';
import { removeStack, showFailures, startStack, unhandledErrors } from './stack-life.js';

/** A step that takes back what was started, the last one first. */
type Undo = () => void | Promise<void>;

const say = (line: string): void => console.log(line);

const imageSizes = async (stack: Stack): Promise<string> => {
  const images = [...new Set((await mustCompose(stack, ['config', '--images'])).split('\n'))].sort();
  const lines = images.map((image) => {
    const { ok, stdout } = ask('docker', 'image', 'inspect', '--format', '{{.Size}}', image);
    return ok ? `   ${image.padEnd(44)} ${String(Math.round(Number(stdout) / 1e6)).padStart(5)} MB` : '';
  });
  return lines.filter(Boolean).join('\n');
};

const prove = async (phases: Phases, undo: Undo[], names: string[]): Promise<boolean> => {
  const standIns = await phases.measure('base images', prepareImages);
  if (standIns) say('   official images cannot be pulled: stand-ins of Debian’s and npm’s packages are used');
  const folder = mkdtempSync(path.join(tmpdir(), 'test-compose-'));
  const overrides = ['compose.override.yml', ...(standIns ? ['compose.stand-ins.yml'] : [])];
  const files = overrides.map((name) => path.join(import.meta.dirname, name));
  const stack = await newStack(folder, files, { standIns, profiles: ['judge0-engine'] });
  const keeps = process.env['KEEP'] === '1';
  undo.push(async () => {
    if (keeps) return;
    await removeStack(stack);
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    // Debian's mirror, the npm registry and containers are waited for by turns.
    const [adapters] = await phases.measure('images of web, api and engine; adapters on containers', () =>
      Promise.all([
        names.length > 0 || runAdapterTests(),
        mustCompose(stack, ['build', '--quiet', 'web', 'api', 'engine']),
      ]),
    );
    say(await imageSizes(stack));
    await phases.measure('from up to healthy', () => startStack(stack));
    await phases.measure('the school', async () => {
      stack.invitationUrl = await inviteFirstAdmin(stack);
      stack.passwords = await seedSchool(stack, folder);
    });
    const stateFile = path.join(folder, 'stack.json');
    writeFileSync(stateFile, JSON.stringify(stack), { mode: 0o600 });
    if (keeps) say(`   https://${domain}:${stack.httpsPort} of ${stack.project}, TEST_COMPOSE=${stateFile}`);
    const { failed } = await phases.measure('tests', () => runTests('compose', stateFile, names));
    const passed = failed === 0;
    if (!passed) showFailures(stack, say);
    const died = unhandledErrors(stack);
    for (const line of died) say(`\nA program died of an unhandled error: ${line}`);
    return passed && adapters && died.length === 0;
  } catch (error) {
    showFailures(stack, say);
    throw error;
  }
};

const main = async (): Promise<void> => {
  const phases = startPhases(say);
  const undo: Undo[] = [];
  const undoAll = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void undoAll().then(() => process.exit(1)));
  }
  try {
    await phases.measure('Docker', async () => {
      const docker = await openDockerEngine();
      undo.push(docker.stop);
      say(`   engine ${docker.version}, ${docker.isOurs ? 'started here' : 'already running'}`);
      say(`   compose ${await openComposePlugins()}`);
    });
    process.exitCode = (await prove(phases, undo, process.argv.slice(2))) ? 0 : 1;
  } finally {
    await phases.measure('taking away', undoAll);
    say(`\n${phases.table()}`);
  }
};

main().catch((error: unknown) => {
  if (error instanceof NoDockerError) {
    console.log(`No Docker engine can be had here (${error.message}): nothing was proven.`);
    process.exitCode = process.env['CI'] === 'true' ? 1 : 0;
    return;
  }
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
