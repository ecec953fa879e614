/** What has to be there before the supervisor can run: Debian programs, npm packages, built workspaces. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { buildWorkspaces } from './build.mjs';
import { hasNodePackages, installNodePackages } from './node-packages.mjs';
import { step } from './progress.mjs';
import { expectedError } from './run-logged.mjs';
import { installSystemPackages } from './system-packages.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** Made when the first log is written, so that `make check` leaves no data directory behind. */
const logFile = (name) => {
  const directory = path.join(path.resolve(root, process.env.DATA_DIR || '.data'), 'logs');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return path.join(directory, name);
};

const systemPackages = (command) => () =>
  step('programs of the system', () => installSystemPackages(logFile, command));
const nodePackages = () => step('npm packages', () => installNodePackages(root, logFile));
const build = () => step('build', () => buildWorkspaces(root, logFile));

/** Before anything is installed for nothing; the supervisor says the same when it is started by itself. */
const refuseProduction = () => {
  if (process.env.NODE_ENV !== 'production') return;
  throw expectedError(
    'NODE_ENV=production: this is the demo school, whose passwords stand on the screen, and it is refused in\n' +
      'production. Take NODE_ENV out of the environment and .env to try the product.',
  );
};

const modes = {
  start: [refuseProduction, systemPackages('start'), nodePackages, build],
  // Sources run in place of builds.
  dev: [refuseProduction, systemPackages('start'), nodePackages],
  test: [systemPackages('test'), nodePackages, build],
  build: [build],
  packages: [() => hasNodePackages(root) || nodePackages()],
};

/** Does the part that `mode` needs. An error with `expected: true` is meant for the person at the terminal. */
export const install = async ([mode = 'start']) => {
  const settings = path.join(root, '.env');
  if (existsSync(settings)) process.loadEnvFile(settings);
  for (const part of modes[mode]) await part();
};
