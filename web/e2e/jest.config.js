import { project } from '../../jest.base.js';

export default {
  ...project('journeys', { testPathIgnorePatterns: [] }),
  globalSetup: '<rootDir>/global-setup.js',
  globalTeardown: '<rootDir>/global-teardown.js',
  testTimeout: 90_000,
};
