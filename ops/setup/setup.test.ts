import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { jwtVerify } from 'jose';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../embedded/child-process.js';
import { recordedMachine } from '../doctor/recorded-machine.js';
import { AnswersMissing, type Ask } from './answers.js';
import { quoted, valuesOf, withValues } from './env-file.js';
import { chooseJudge } from './judge.js';
import { mountedPaths } from './mounted-files.js';
import { isSetUp, setUp } from './setup.js';

const example = readFileSync(path.join(root, '.env.example'), 'utf8');
const given = {
  DOMAIN: 'code.school.org',
  ORGANIZATION_NAME: "St. John's College",
  ADMIN_EMAIL: 'Head@School.example',
};

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'setup-'));
  file = path.join(directory, '.env');
  writeFileSync(path.join(directory, '.env.example'), example);
});
afterEach(() => rmSync(directory, { recursive: true }));

const refusals: string[] = [];
const run = (answers: Record<string, string> = given, ask: Ask | null = null) =>
  setUp({
    machine: recordedMachine(),
    given: answers,
    ask,
    refuse: (reason) => void refusals.push(reason),
    directory,
  });
const read = () => valuesOf(readFileSync(file, 'utf8'));

describe('setup', () => {
  test('writes all that compose needs, for its owner only, in the structure of .env.example', async () => {
    await run();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(isSetUp(directory)).toBe(true);
    const values = read();
    expect(values).toMatchObject({
      DOMAIN: 'code.school.org',
      APP_URL: 'https://code.school.org',
      TLS_MODE: 'acme',
      ACME_EMAIL: 'head@school.example',
      ORGANIZATION_NAME: "St. John's College",
      ADMIN_EMAIL: 'head@school.example',
      COMPOSE_PROFILES: 'judge0-engine,monitoring',
    });
    const comments = (text: string) => text.split('\n').filter((line) => /^# /.test(line));
    expect(comments(readFileSync(file, 'utf8'))).toEqual(comments(example));
    const secrets = Object.entries(values).filter(([name]) => /PASSWORD|SECRET|JUDGE0_API_KEY/.test(name));
    expect(secrets.length).toBeGreaterThanOrEqual(11);
    expect(new Set(secrets.map(([, value]) => value)).size).toBe(secrets.length);
    for (const [, value] of secrets) expect(value).toMatch(/^[\w-]{43}$/);
  });

  test('the keys are roles, signed by the secret, for years', async () => {
    await run();
    const values = read();
    const secret = new TextEncoder().encode(values['SUPABASE_JWT_SECRET']);
    for (const [name, role] of [
      ['SUPABASE_ANON_KEY', 'anon'],
      ['SUPABASE_SERVICE_ROLE_KEY', 'service_role'],
    ] as const) {
      const { payload } = await jwtVerify(values[name] ?? '', secret, { algorithms: ['HS256'] });
      expect(payload).toMatchObject({ role, iss: 'supabase', ref: 'self-hosted' });
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeGreaterThan(9 * 365 * 86_400);
    }
  });

  test('a second time changes nothing, not even with other answers, and says which it kept', async () => {
    await run();
    const before = readFileSync(file);
    const { filled, notes } = await run({ ...given, DOMAIN: 'other.example' });
    expect(filled).toEqual([]);
    expect(readFileSync(file)).toEqual(before);
    expect(notes.join('\n')).toContain('Kept as they are in .env: DOMAIN.');
  });

  test('fills only what is empty; comments, own settings and their order stay', async () => {
    writeFileSync(
      file,
      '# ours\nSESSION_SECRET=chosen-by-hand-and-long-enough\nREDIS_PASSWORD=\n\nRATE_LIMIT_READ=90/1m # more\n',
    );
    const { filled } = await run();
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines.slice(0, 2)).toEqual(['# ours', 'SESSION_SECRET=chosen-by-hand-and-long-enough']);
    expect(lines[2]).toMatch(/^REDIS_PASSWORD=[\w-]{43}$/);
    expect(lines.slice(3, 5)).toEqual(['', 'RATE_LIMIT_READ=90/1m # more']);
    expect(filled).not.toContain('SESSION_SECRET');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('without a terminal everything missing and wrong is named at once, and nothing is written', async () => {
    const failure = await run({ DOMAIN: 'https://school.example/', TLS_MODE: 'files' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(AnswersMissing);
    const { message } = failure as AnswersMissing;
    for (const name of [
      'DOMAIN is no name',
      'TLS_CERT_FILE',
      'TLS_KEY_FILE',
      'ORGANIZATION_NAME',
      'ADMIN_EMAIL',
    ]) {
      expect(message).toContain(name);
    }
    expect(() => statSync(file)).toThrow();
  });

  test('asks for what is missing, says why an answer will not do, and takes Return for what is proposed', async () => {
    const typed: Record<string, string[]> = {
      DOMAIN: ['my school', '192.168.1.10'],
      ORGANIZATION_NAME: ['', 'A school'],
      ADMIN_EMAIL: ['head@school.example'],
      MAIL: ['smtp'],
      SMTP_URL: ['mail.school.example', 'smtp://name:pass%40word@mail.school.example:587'],
      MONITORING: ['n'],
    };
    refusals.length = 0;
    await run({}, ({ name }) => Promise.resolve(typed[name]?.shift() ?? ''));
    expect(refusals).toHaveLength(3);
    expect(read()).toMatchObject({
      APP_URL: 'https://192.168.1.10',
      TLS_MODE: 'internal',
      SMTP_URL: 'smtp://name:pass%40word@mail.school.example:587',
      FROM_EMAIL: 'head@school.example',
      FROM_NAME: 'A school',
      ALERT_SMTP_HOST: 'mail.school.example:587',
      ALERT_SMTP_USER: 'name',
      ALERT_SMTP_PASSWORD: 'pass@word',
      TIMEZONE: 'Etc/UTC',
      COMPOSE_PROFILES: 'judge0-engine',
    });
    expect(read()).not.toHaveProperty('MAIL');
    expect(read()).not.toHaveProperty('GRAFANA_ADMIN_PASSWORD');
  });

  test('a new secret of the keys gets new keys, since the old ones would be refused', async () => {
    await run();
    const before = read();
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/^SUPABASE_JWT_SECRET=.*$/m, 'SUPABASE_JWT_SECRET='),
    );
    const { filled } = await run();
    expect(filled.sort()).toEqual(['SUPABASE_ANON_KEY', 'SUPABASE_JWT_SECRET', 'SUPABASE_SERVICE_ROLE_KEY']);
    expect(read()['SUPABASE_ANON_KEY']).not.toBe(before['SUPABASE_ANON_KEY']);
  });

  test('a database of before and a new .env: it says what is at stake', async () => {
    const machine = recordedMachine({
      programs: { 'docker volume ls': { stdout: 'coding-platform_db-data\n' } },
    });
    const { notes } = await setUp({ machine, given, ask: null, refuse: () => undefined, directory });
    expect(notes.join('\n')).toContain('SECOND_FACTOR_SECRET');
  });
});

test.each([
  [1, 'x86_64', true, 'judge0-official', 'version 1'],
  [1, 'x86_64', null, 'judge0-official', 'version 1'],
  [1, 'x86_64', false, 'judge0-engine', 'privileged containers'],
  [1, 'aarch64', true, 'judge0-engine', 'aarch64'],
  [2, 'x86_64', true, 'judge0-engine', 'version 2'],
  [null, 'x86_64', true, 'judge0-engine', 'cannot be seen'],
] as const)('cgroup v%s on %s, privileged %s: %s', (cgroupVersion, processor, privileged, profile, word) => {
  const chosen = chooseJudge({ cgroupVersion, processor, privileged });
  expect(chosen.profile).toBe(profile);
  expect(chosen.reason).toContain(word);
});

describe('a line of .env', () => {
  test.each([
    'plain',
    'St. John’s',
    "St. John's",
    '#no comment',
    'a $HOME',
    'two  blanks ',
    'a"b',
    'smtp://a:b%24@c',
  ])('is read back as it was: %s', (value) =>
    expect(valuesOf(withValues('', { NAME: value }))).toEqual({ NAME: value }),
  );
  test('what no line can hold is refused with the reason', () => {
    expect(() => quoted("it's $5")).toThrow('apostrophe');
    expect(() => quoted('two\nlines')).toThrow('more than one line');
  });
  test('stands where its name is described, once', () => {
    const text = '# About it.\n#NAME=example\n#OTHER=\n';
    expect(withValues(text, { NAME: 'a' })).toBe('# About it.\nNAME=a\n#OTHER=\n');
    expect(withValues('NAME=a\nX=1\nNAME=\n', { NAME: 'b' })).toBe('NAME=a\nX=1\nNAME=b\n');
  });
});

describe('what containers mount', () => {
  test('is opened to them by setup, after a checkout under umask 077', async () => {
    const places = mountedPaths(readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'));
    expect(places).toEqual(expect.arrayContaining(['ops/caddy', 'prometheus', 'grafana/loki']));
    writeFileSync(
      path.join(directory, 'docker-compose.yml'),
      'volumes:\n  - ./prometheus:/etc/prometheus:ro\n',
    );
    const rules = path.join(directory, 'prometheus/rules');
    mkdirSync(rules, { recursive: true, mode: 0o700 });
    writeFileSync(path.join(rules, 'a.yml'), '', { mode: 0o600 });
    await run();
    expect(statSync(rules).mode & 0o777).toBe(0o755);
    expect(statSync(path.join(rules, 'a.yml')).mode & 0o777).toBe(0o644);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
