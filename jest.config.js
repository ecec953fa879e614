/** @type {import('jest').Config} */
export default {
  projects: ['<rootDir>/api', '<rootDir>/judge0/engine', '<rootDir>/ops', '<rootDir>/web'],
  testTimeout: 30_000,
};
