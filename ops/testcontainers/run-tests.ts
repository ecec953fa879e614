import path from 'node:path';
import { runJestPhase } from '../proof/run-jest.js';

/**
 * The tests of the adapters for Redis and Postgres on containers of docker-compose.yml's images, which a Docker engine
 * that runs must have or be able to pull. Returns whether all passed.
 */
export const runAdapterTests = (): Promise<boolean> =>
  runJestPhase('containers', ['--config', path.join(import.meta.dirname, 'jest.config.js'), '--runInBand']);
