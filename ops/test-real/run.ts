/**
 * `make test-real`: the whole stack as a school starts it, with the official images, all profiles that can run side by
 * side and production's health checks; the tests of make test-compose; and a file of ops/evidence that tells of it.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import path from 'node:path';
import { NoDockerError, openDockerEngine } from '../../judge0/engine/src/container/docker-engine.js';
import { ask } from '../../judge0/engine/src/container/shell.js';
import { openComposePlugins } from '../test-compose/compose-plugins.js';
import { startPhases, type Phases } from '../test-compose/phases.js';
import { inviteFirstAdmin, seedSchool } from '../test-compose/school.js';
import { composeFile, containersOf, mustCompose, root, type Stack } from '../test-compose/stack.js';
import { removeStack, rememberAuthority, showFailures } from '../test-compose/stack-life.js';
import { newStack, runTests } from '../test-compose/tests.js';
import { composeHash, evidenceSchema, type Evidence } from './evidence.js';
import { writePages } from './docs-page.js';
import { officialImages } from './images.js';

const say = (line: string): void => console.log(line);

/** Both judges are http://judge0:2358, so that the official one is fetched here, and not started. */
const profiles = ['judge0-engine', 'monitoring', 'logs'];
const startWithinSeconds = '900';

const begin = (compose: string, docker: string): Evidence => ({
  date: new Date().toISOString().slice(0, 10),
  commit: ask('git', 'describe', '--always', '--dirty').stdout.trim(),
  composeFile: composeHash(readFileSync(composeFile, 'utf8')),
  machine: {
    system: /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown',
    kernel: release(),
    docker,
    compose,
  },
  profiles,
  images: [],
  services: [],
  tests: { passed: 0, failed: 0 },
  failure: null,
});

const write = (evidence: Evidence): string => {
  const folder = path.join(root, 'ops/evidence');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${evidence.date}.json`);
  writeFileSync(file, `${JSON.stringify(evidenceSchema.parse(evidence), null, 2)}\n`);
  writePages();
  return file;
};

const prove = async (stack: Stack, evidence: Evidence, phases: Phases, folder: string): Promise<void> => {
  const everything = ['--profile', '*'];
  await phases.measure('pull', () =>
    mustCompose(stack, [...everything, 'pull', '--quiet', '--ignore-buildable']),
  );
  await phases.measure('build', () => mustCompose(stack, ['build', '--quiet']));
  const names = (await mustCompose(stack, [...everything, 'config', '--images'])).split('\n');
  evidence.images = officialImages(names.filter(Boolean));
  await phases.measure('up --wait with all profiles', () =>
    mustCompose(stack, ['up', '--detach', '--no-build', '--wait', '--wait-timeout', startWithinSeconds]),
  );
  await rememberAuthority(stack);
  await phases.measure('the school', async () => {
    stack.invitationUrl = await inviteFirstAdmin(stack);
    stack.passwords = await seedSchool(stack, folder);
  });
  const stateFile = path.join(folder, 'stack.json');
  writeFileSync(stateFile, JSON.stringify(stack), { mode: 0o600 });
  evidence.tests = await phases.measure('tests', () => runTests('real', stateFile, []));
  if (evidence.tests.failed > 0) throw new Error(`${evidence.tests.failed} tests failed`);
};

const main = async (): Promise<void> => {
  const phases = startPhases(say);
  const docker = await openDockerEngine();
  const folder = mkdtempSync(path.join(tmpdir(), 'test-real-'));
  let evidence: Evidence | undefined;
  let stack: Stack | undefined;
  try {
    evidence = begin(await openComposePlugins(), docker.version);
    stack = await newStack(folder, [], { standIns: false, profiles });
    await prove(stack, evidence, phases, folder);
  } catch (error) {
    if (evidence) evidence.failure = error instanceof Error ? error.message : String(error);
    if (stack) showFailures(stack, say);
    throw error;
  } finally {
    if (stack && evidence) {
      evidence.services = containersOf(stack.project)
        .map(({ service, state, health, exitCode }) => ({
          name: service,
          state: state === 'exited' ? `ended with ${exitCode}` : (health ?? state),
        }))
        .sort((a, b) => a.name.localeCompare(b.name));
      say(`Written: ${write(evidence)}`);
      await removeStack(stack);
    }
    rmSync(folder, { recursive: true, force: true });
    await docker.stop();
    say(`\n${phases.table()}`);
  }
};

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(error instanceof NoDockerError ? `No Docker engine can be had here: ${reason}` : reason);
  process.exitCode = 1;
});
