import { project } from '../../jest.base.js';

export default {
  ...project('journeys', { testPathIgnorePatterns: [] }),
  globalSetup: '<rootDir>/global-setup.js',
  globalTeardown: '<rootDir>/global-teardown.js',
  setupFiles: ['<rootDir>/choose-school.js'],
  // A journey mostly waits for a page: two at a time, each in a school of its own.
  maxWorkers: 2,
  testTimeout: 90_000,
};
