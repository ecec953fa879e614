import { project } from '../jest.base.js';

export default project('api', {
  globalSetup: '<rootDir>/test/global-setup.js',
  globalTeardown: '<rootDir>/test/global-teardown.js',
});
