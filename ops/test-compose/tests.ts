import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../embedded/test-stack.js';
import { runJestPhase } from '../proof/run-jest.js';
import { domain, writeEnvironment } from './environment.js';
import { composeFile, root, type Stack } from './stack.js';

/** A stack with settings and a project of its own, of docker-compose.yml and `overrides`; nothing is started. */
export const newStack = async (
  folder: string,
  overrides: string[],
  options: { standIns: boolean; profiles: string[] },
): Promise<Stack> => {
  const [httpPort, httpsPort] = await Promise.all([freePort(), freePort()]);
  const envFile = await writeEnvironment(folder, { http: httpPort, https: httpsPort }, options);
  return {
    project: `test-compose-${randomBytes(3).toString('hex')}`,
    envFile,
    files: [composeFile, ...overrides],
    domain,
    httpPort,
    httpsPort,
    rootCertificateFile: path.join(folder, 'root.crt'),
    passwords: {},
    invitationUrl: '',
  };
};

/** Runs the tests on the stack that a file tells of; the result is in artifacts/`phase`.result.json, too. */
export const runTests = async (
  phase: string,
  stateFile: string,
  names: string[],
): Promise<{ passed: number; failed: number }> => {
  process.env['TEST_COMPOSE'] = stateFile;
  const config = path.join(import.meta.dirname, 'jest.config.js');
  await runJestPhase(phase, ['--config', config, '--runInBand', ...names]);
  const result = readFileSync(path.join(root, 'artifacts', `${phase}.result.json`), 'utf8');
  const { passed, failed } = JSON.parse(result) as { passed: number; failed: number };
  return { passed, failed };
};
