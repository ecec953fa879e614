import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig, settings } from './config.js';
import { describeSettings, SettingsError } from './lib/settings.js';

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
    if (error instanceof SettingsError) return error.problems;
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
    [{ NODE_ENV: 'production', APP_URL: 'https://school.example' }, 'warn'],
    [{ NODE_ENV: 'production', APP_ENV: 'staging' }, 'debug'],
    [{ NODE_ENV: 'production', APP_ENV: 'development' }, 'trace'],
    [{ NODE_ENV: 'development' }, 'trace'],
    [{ NODE_ENV: 'production', LOG_LEVEL: 'info' }, 'info'],
  ])('%j log at level %s', (env, level) => {
    expect(readConfig({ ...good, ...env }).logLevel).toBe(level);
  });

  test.each([
    ['NEXT_PUBLIC_SUPABASE_URL', 'SUPABASE_URL'],
    ['NEXT_PUBLIC_SUPABASE_ANON_KEY', 'SUPABASE_ANON_KEY'],
    ['NEXT_PUBLIC_APP_URL', 'APP_URL'],
    ['NEXT_PUBLIC_API_URL', 'API_URL'],
  ] as const)('%s is another name of %s', (alias, name) => {
    const { [name]: value, ...others } = good;
    expect(readConfig({ ...others, [alias]: value })).toEqual(readConfig(good));
    expect(readConfig({ ...good, [alias]: value })).toEqual(readConfig(good));
    expect(problemsOf({ ...good, [alias]: 'http://another-mistake' })).toEqual([
      expect.stringMatching(`^${name} is set differently in ${alias}`),
    ]);
  });
});

describe('settings in files', () => {
  let folder: string;
  const file = (text: string): string => {
    const name = path.join(folder, 'setting');
    writeFileSync(name, text);
    return name;
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(Object.keys(good) as (keyof typeof good)[])('%s is read from its file', (name) => {
    const { [name]: value, ...others } = good;
    const env = { ...others, [`${name}_FILE`]: file(`  ${value}\n`) };
    expect(readConfig(env as NodeJS.ProcessEnv)).toEqual(readConfig(good));
  });

  test('that are missing, empty or given twice are named, each with its file', () => {
    const { SUPABASE_SERVICE_ROLE_KEY: key, ...others } = good;
    const missing = path.join(folder, 'missing');
    expect(problemsOf({ ...others, SUPABASE_SERVICE_ROLE_KEY_FILE: missing })).toEqual([
      expect.stringMatching(`SUPABASE_SERVICE_ROLE_KEY_FILE .* cannot be read: ${missing} \\(ENOENT\\)`),
    ]);
    expect(problemsOf({ ...others, SUPABASE_SERVICE_ROLE_KEY_FILE: file('\n') })).toEqual([
      expect.stringContaining('SUPABASE_SERVICE_ROLE_KEY_FILE is the name of an empty file'),
    ]);
    expect(problemsOf({ ...good, SUPABASE_SERVICE_ROLE_KEY_FILE: file(key) })).toEqual([
      expect.stringContaining('keep it or SUPABASE_SERVICE_ROLE_KEY_FILE'),
    ]);
  });

  test('are checked like others and not printed', () => {
    const { SUPABASE_ANON_KEY: _key, ...others } = good;
    const problems = problemsOf({ ...others, SUPABASE_ANON_KEY_FILE: file('changeme-mistake') });
    expect(problems).toEqual([expect.stringContaining('SUPABASE_ANON_KEY is still a placeholder')]);
    expect(problems.join()).not.toContain('mistake');
  });
});

describe('settings that do not go together', () => {
  const mailjetKeys = { MAILJET_API_KEY: 'mistake', MAILJET_API_SECRET: 'mistake' };
  test.each([
    [
      'an Upstash address without its token',
      { UPSTASH_REDIS_REST_URL: 'https://x' },
      /_REST_URL .* _?UPSTASH_REDIS_REST_TOKEN/,
    ],
    [
      'an Upstash token without its address',
      { UPSTASH_REDIS_REST_TOKEN: 'mistake' },
      /_TOKEN .* UPSTASH_REDIS_REST_URL/,
    ],
    ['a key without its secret', { MAILJET_API_KEY: 'mistake' }, /^MAILJET_API_KEY .* MAILJET_API_SECRET/],
    ['a secret without its key', { MAILJET_API_SECRET: 'mistake' }, /^MAILJET_API_SECRET .* MAILJET_API_KEY/],
    [
      'Mailjet beside a mail server',
      { ...mailjetKeys, SMTP_URL: 'smtp://mail.example', FROM_EMAIL: 'code@school.example' },
      /^MAILJET_API_KEY and SMTP_URL/,
    ],
    ['a mail server without a sender', { SMTP_URL: 'smtp://mail.example' }, /^FROM_EMAIL is not set/],
    ['Mailjet without a sender', mailjetKeys, /^FROM_EMAIL is not set/],
    ['a sender that is no address', { FROM_EMAIL: 'mistake' }, /^FROM_EMAIL is not an e-mail address/],
    [
      'a mail server of another protocol',
      { SMTP_URL: 'http://mistake', FROM_EMAIL: 'code@school.example' },
      /^SMTP_URL is not a smtp/,
    ],
    [
      'a mailbox in production',
      { NODE_ENV: 'production', MAILBOX: 'everyone' },
      /^MAILBOX .* APP_ENV=development only/,
    ],
    [
      'a drill in production',
      { NODE_ENV: 'production', APP_ENV: 'production', DRILL: 'on' },
      /^DRILL .* APP_ENV=development only/,
    ],
    [
      'a drill where no mode is said',
      { NODE_ENV: 'production', DRILL: 'on' },
      /^DRILL .* APP_ENV=development only/,
    ],
    ['a key of no judge', { JUDGE0_API_KEY: 'mistake' }, /^JUDGE0_API_KEY is set without JUDGE0_API_URL/],
    [
      'a judge named twice',
      { JUDGE0_API_URL: 'http://10.0.0.2:2358,http://10.0.0.2:2358/' },
      /^JUDGE0_API_URL names an address twice/,
    ],
    [
      'RapidAPI without a key, beside an engine',
      { JUDGE0_API_URL: 'http://10.0.0.2:2358, https://judge0-ce.p.rapidapi.com' },
      /^JUDGE0_API_KEY .*X-RapidAPI-Key/,
    ],
    [
      'RapidAPI without a key',
      { JUDGE0_API_URL: 'https://judge0-ce.p.rapidapi.com' },
      /^JUDGE0_API_KEY .*X-RapidAPI-Key/,
    ],
    ['an address of a manual', { SUPABASE_URL: 'https://your-project.supabase.co' }, /placeholder/],
    [
      'production over plain http',
      { NODE_ENV: 'production', APP_URL: 'http://school.example' },
      /^APP_URL must be a https/,
    ],
    ['production with a slow Node', { NODE_ENV: 'development', APP_ENV: 'production' }, /^NODE_ENV must be/],
    ['staging with a slow Node', { NODE_ENV: 'test', APP_ENV: 'staging' }, /^NODE_ENV must be/],
  ])('%s is explained', (_what, env, expected) => {
    const problems = problemsOf({ ...good, ...env });
    expect(problems).toEqual([expect.stringMatching(expected)]);
    expect(problems.join()).not.toContain('mistake');
  });

  test('Upstash’s two settings make the address of its Redis, and REDIS_URL goes before them', () => {
    const upstash = {
      UPSTASH_REDIS_REST_URL: 'https://eu1-apt-1.upstash.io/',
      UPSTASH_REDIS_REST_TOKEN: 'AX/y+z==',
    };
    expect(readConfig({ ...good, ...upstash }).redisUrl).toBe(
      'rediss://default:AX%2Fy%2Bz%3D%3D@eu1-apt-1.upstash.io:6379',
    );
    const own = { REDIS_URL: 'redis://localhost:6379' };
    expect(readConfig({ ...good, ...upstash, ...own }).redisUrl).toBe(own.REDIS_URL);
    expect(problemsOf({ ...good, ...upstash, UPSTASH_REDIS_REST_URL: 'http://x.upstash.io' })).toEqual([
      expect.stringContaining('UPSTASH_REDIS_REST_URL is not a https:// address'),
    ]);
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000'])(
    '%s is fine in production: it stays on the machine',
    (url) => expect(problemsOf({ ...good, NODE_ENV: 'production', APP_URL: url })).toEqual([]),
  );
});

test('the table says of each setting what people want to know', () => {
  const rows = describeSettings(settings);
  const row = (name: string) => rows.find((candidate) => candidate.name === name);
  expect(rows.filter(({ required }) => required).map(({ name }) => name)).toEqual([
    'NODE_ENV',
    'APP_URL',
    'API_URL',
    'SUPABASE_URL',
    'SUPABASE_ANON_KEY',
    'SUPABASE_SERVICE_ROLE_KEY',
  ]);
  expect(row('API_PORT')).toMatchObject({ type: 'port', default: '4000', required: false, secret: false });
  expect(row('APP_ENV')).toMatchObject({ type: 'development, staging, or production', default: null });
  expect(row('REDIS_URL')).toMatchObject({ secret: true, offWithout: expect.stringContaining('Limits') });
});

describe.each(['server', 'grader'])('a start of %s with bad settings', (program) => {
  const run = (env: NodeJS.ProcessEnv): Promise<{ code: unknown; text: string }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--import', 'tsx', path.join(import.meta.dirname, `${program}.ts`)],
        { env: { PATH: process.env['PATH'], ...env }, timeout: 20_000 },
        (error, out, text) => resolve({ code: error?.code, text: out + text }),
      );
    });

  test('ends with exit code 1 and names all that are missing', async () => {
    const { code, text } = await run({ SUPABASE_URL: '<project url>', API_PORT: 'mistake' });
    expect(code).toBe(1);
    for (const name of [...Object.keys(good), 'API_PORT']) expect(text).toContain(`- ${name} `);
    expect(text).not.toContain('mistake');
  });
});
