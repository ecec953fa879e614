import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tableOf } from '../doctor/report.js';
import { examine } from '../doctor/examine.js';
import { createFacts } from '../doctor/facts.js';
import { thisMachine } from '../doctor/machine.js';
import type { Section } from '../doctor/check.js';
import { step } from '../embedded/progress.mjs';
import { valuesOf, withValues } from '../setup/env-file.js';
import { openMountedFiles } from '../setup/mounted-files.js';
import { backUp } from './backup.js';
import { runOnMachine } from './command.js';
import { createDocker } from './docker.js';
import { passGate } from './gate.js';
import { writePrivateFile } from './own-file.js';
import { projectDirectory } from './project.js';
import type { Release } from './release.js';
import { writeState, type State } from './state-file.js';

/** Why a command cannot go on, in words for the person at the terminal, with the remedy. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** .env and its values, here. */
export const readEnvironment = (): { file: string; text: string; values: Record<string, string> } => {
  const file = path.join(projectDirectory(), '.env');
  if (!existsSync(file)) throw new CommandError('There is no .env here. Type: make setup');
  const text = readFileSync(file, 'utf8');
  return { file, text, values: valuesOf(text) };
};

/** Changes one value of .env. */
export const setInEnvironment = (name: string, value: string): void => {
  const { file, text } = readEnvironment();
  writePrivateFile(file, withValues(text, { [name]: value }));
};

/** The version of this checkout as a tag of images: `git describe`, with the time where something is not committed. */
export const versionHere = async (now = new Date()): Promise<string> => {
  const described = await runOnMachine('git', [
    '-c',
    `safe.directory=${projectDirectory()}`,
    'describe',
    '--tags',
    '--always',
    '--dirty',
  ]);
  const second = now.toISOString().replaceAll(/[-:]|\.\d+Z$/g, '');
  const name = described.code === 0 ? described.stdout.trim() : `version-${second}`;
  return (name.endsWith('-dirty') ? `${name}-${second}` : name).replaceAll(/[^\w.-]/g, '-').slice(0, 120);
};

/** Looks at these; throws the table when something stands in the way. */
export const preflight = async (sections: readonly Section[]): Promise<void> => {
  const findings = await examine(createFacts(thisMachine()), sections);
  const problems = findings.filter(({ status }) => status === 'problem');
  if (problems.length === 0) return;
  const look = { colour: Boolean(process.stderr.isTTY), width: process.stdout.columns ?? 100 };
  throw new CommandError(`These stand in the way:\n\n${tableOf(problems, null, look)}`);
};

/** What upgrade and rollback work with on this machine. */
export const releaseHere = (): Release => {
  const docker = createDocker(runOnMachine);
  const directory = projectDirectory();
  return {
    docker,
    step: (title, work) => step(title, work),
    gate: () => {
      const { values } = readEnvironment();
      const port = Number(process.env['HTTPS_PORT'] || values['HTTPS_PORT'] || 443);
      return passGate({ domain: process.env['DOMAIN'] || (values['DOMAIN'] ?? ''), port });
    },
    preflight: () => {
      openMountedFiles(directory);
      return preflight(['machine', 'settings']);
    },
    backUp: (tag) => backUp(docker, { directory, tag, now: new Date() }),
    record: (state: State) => {
      setInEnvironment('IMAGE_TAG', state.current?.tag ?? '');
      writeState(state);
    },
    now: () => new Date(),
  };
};

/** Ends a command: a sentence for what a person can mend, the whole error for a fault of ours. */
export const endWith = (error: unknown): void => {
  process.exitCode = 1;
  const known =
    error instanceof Error && ['CommandError', 'ReleaseError', 'DockerError'].includes(error.name);
  console.error(known ? `\n${error.message}` : error);
};
