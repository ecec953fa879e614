/** `make up`: looks whether anything stands in the way, starts everything, invites the first administrator. */
import { explain, setUpHere, toldOf } from '../setup/set-up-here.js';
import { openMountedFiles } from '../setup/mounted-files.js';
import { isSetUp } from '../setup/setup.js';
import { runOnMachine } from './command.js';
import { createDocker, type Docker } from './docker.js';
import { CommandError, endWith, preflight, readEnvironment, setInEnvironment, versionHere } from './here.js';
import { projectDirectory } from './project.js';
import { readState, writeState } from './state-file.js';

const startWithinSeconds = 900;

const chooseTag = async (): Promise<string> => {
  const known = process.env['IMAGE_TAG'] || readEnvironment().values['IMAGE_TAG'];
  if (known) return known;
  const tag = await versionHere();
  setInEnvironment('IMAGE_TAG', tag);
  return tag;
};

const start = async (docker: Docker): Promise<void> => {
  try {
    await docker.compose(
      ['up', '--detach', '--wait', '--wait-timeout', String(startWithinSeconds), '--remove-orphans'],
      { output: 'screen' },
    );
  } catch {
    throw new CommandError('Not everything came up. What is wrong, and what to do, says: make doctor');
  }
};

/** The invitation's link, or that somebody administers the school already. */
const inviteFirstAdmin = async (): Promise<string> => {
  const { values } = readEnvironment();
  const told = await runOnMachine('docker', [
    ...['compose', 'exec', '-T', 'api', 'node', 'dist/first-admin.js'],
    ...['--email', values['ADMIN_EMAIL'] ?? '', '--organization', values['ORGANIZATION_NAME'] ?? ''],
  ]);
  // 2: an account with this address, which is nobody's fault and has its remedy in the text.
  if (told.code === 0 || told.code === 2) return told.stdout.trim();
  throw new CommandError(
    `Everything runs, but the first administrator could not be invited:\n${told.stderr.trim()}\nTry again: make up`,
  );
};

const main = async (): Promise<void> => {
  if (!isSetUp()) console.log(`${toldOf(await setUpHere([])).join('\n')}\n`);
  openMountedFiles(projectDirectory());
  await preflight(['machine', 'settings']);
  const tag = await chooseTag();
  await start(createDocker(runOnMachine));
  const state = readState();
  if (state.current === null) {
    writeState({ current: { tag, since: new Date().toISOString(), backup: null }, previous: null });
  }
  const { values } = readEnvironment();
  console.log(`\n${values['ORGANIZATION_NAME'] ?? 'The school'} is open:  ${values['APP_URL'] ?? ''}\n`);
  console.log(await inviteFirstAdmin());
};

main().catch((error: unknown) => {
  try {
    explain(error);
  } catch {
    endWith(error);
  }
});
