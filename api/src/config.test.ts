import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig, settings } from './config.js';

const good = {
  NODE_ENV: 'test',
  APP_URL: 'http://localhost:3000/',
  API_URL: 'http://localhost:4000',
  SUPABASE_URL: 'http://localhost:54321',
  SUPABASE_ANON_KEY: 'sb_publishable_abc',
  SUPABASE_SERVICE_ROLE_KEY: 'sb_secret_abc',
};

const problemsOf = (env: NodeJS.ProcessEnv): string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('settings', () => {
  test('that are given are read, and the others have their defaults', () => {
    expect(readConfig(good)).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      production: false,
      logLevel: 'silent',
      appUrl: 'http://localhost:3000',
      supabase: { url: 'http://localhost:54321', jwtSecret: undefined },
      judge: null,
      grader: { concurrency: 2, leaseSeconds: 20 },
    });
  });

  test('without a value are not set', () => {
    const empty = Object.fromEntries(Object.keys(settings).map((name) => [name, '']));
    expect(readConfig({ ...empty, ...good })).toEqual(readConfig(good));
  });

  test('that are wrong are named all at once, with what they are for, and no value is printed', () => {
    const bad = {
      NODE_ENV: 'prod-mistake',
      APP_ENV: 'live-mistake',
      LOG_LEVEL: 'loud-mistake',
      API_PORT: '70000.5',
      APP_URL: 'localhost-mistake',
      SUPABASE_URL: 'http://[mistake',
      SUPABASE_ANON_KEY: 'changeme-mistake',
      SUPABASE_JWT_SECRET: 'short-mistake',
      JUDGE0_API_URL: 'ftp://mistake',
      JUDGE0_API_KEY: '<mistake>',
      GRADER_CONCURRENCY: '0',
      GRADER_LEASE_SECONDS: 'mistake',
    };
    const problems = problemsOf(bad);
    expect(problems.map((line) => line.split(' ')[0])).toEqual([
      'NODE_ENV',
      'APP_ENV',
      'LOG_LEVEL',
      'API_PORT',
      'APP_URL',
      'API_URL',
      'SUPABASE_URL',
      'SUPABASE_ANON_KEY',
      'SUPABASE_SERVICE_ROLE_KEY',
      'SUPABASE_JWT_SECRET',
      'JUDGE0_API_URL',
      'JUDGE0_API_KEY',
      'GRADER_CONCURRENCY',
      'GRADER_LEASE_SECONDS',
    ]);
    for (const line of problems) expect(line).toMatch(/^[A-Z0-9_]+ (is|must) .+ \(.+\)$/);
    expect(problems.join()).not.toMatch(/mistake|70000/);
  });

  test.each([
    'your-super-secret-jwt-token-with-at-least-32-characters-long',
    'change-me-change-me-change-me-change-me',
    'CHANGEME00000000000000000000000000000000',
  ])('that are still the well-known %s are refused', (secret) => {
    expect(problemsOf({ ...good, SUPABASE_JWT_SECRET: secret })).toEqual([
      expect.stringContaining('SUPABASE_JWT_SECRET is still a placeholder'),
    ]);
  });

  test.each([
    [{ NODE_ENV: 'production' }, 'warn'],
    [{ NODE_ENV: 'production', APP_ENV: 'staging' }, 'debug'],
    [{ NODE_ENV: 'development' }, 'trace'],
    [{ NODE_ENV: 'production', LOG_LEVEL: 'info' }, 'info'],
  ])('%j log at level %s', (env, level) => {
    expect(readConfig({ ...good, ...env }).logLevel).toBe(level);
  });
});
