import { describe, expect, test } from '@jest/globals';
import { withValues } from '../setup/env-file.js';
import type { Recording } from './recorded-machine.js';
import { composeHash } from '../test-real/evidence.js';
import { look, settingsMade } from './recorded-school.js';

/** What it is, the check, its status, what it says, and how the machine and the settings differ. */
type Case = [name: string, id: string, status: string, says: RegExp, Recording, Record<string, string>?];

const cases: Case[] = [
  ['no .env', 'env-file', 'problem', /make setup/, { files: { '.env': null } }],
  ['an .env that all may read', 'env-file', 'problem', /mode 644.*chmod 600/s, { modes: { '.env': 0o644 } }],
  [
    'a name that is mistyped',
    'env-file',
    'warning',
    /GRADER_CONCURENCY \(did you mean GRADER_CONCURRENCY\?\)/,
    {},
    { GRADER_CONCURENCY: '4' },
  ],
  ['a secret that is empty', 'values', 'problem', /missing: SESSION_SECRET/, {}, { SESSION_SECRET: '' }],
  [
    'a secret that is a placeholder',
    'values',
    'problem',
    /REDIS_PASSWORD is still a placeholder/,
    {},
    { REDIS_PASSWORD: 'changeme-changeme-changeme-' },
  ],
  [
    'a short secret',
    'values',
    'problem',
    /POSTGRES_PASSWORD has 5 characters/,
    {},
    { POSTGRES_PASSWORD: 'hunt3' },
  ],
  [
    'an address of another name',
    'values',
    'problem',
    /APP_URL leads to old\.example/,
    {},
    { APP_URL: 'https://old.example' },
  ],
  [
    'keys of another secret',
    'keys',
    'problem',
    /SUPABASE_ANON_KEY is not signed/,
    {},
    { SUPABASE_JWT_SECRET: 'x'.repeat(43) },
  ],
  [
    'a part that does not exist',
    'profiles',
    'problem',
    /did you mean monitoring/,
    {},
    { COMPOSE_PROFILES: 'judge0-engine,monitorin' },
  ],
  [
    'a judge of this machine that is not chosen',
    'profiles',
    'problem',
    /names http:\/\/judge0:2358, which is a part/,
    {},
    { COMPOSE_PROFILES: 'monitoring', JUDGE0_API_URL: 'http://judge0:2358,http://10.0.0.2:2358' },
  ],
  [
    'a judge that gets no work',
    'profiles',
    'warning',
    /judge0-engine runs here and gets no work/,
    {},
    { JUDGE0_API_URL: 'http://10.0.0.2:2358, http://10.0.0.3:2358' },
  ],
  [
    'two judges',
    'profiles',
    'ok',
    /2 judges share the work/,
    {},
    { JUDGE0_API_URL: 'http://judge0:2358,http://10.0.0.2:2358' },
  ],
  [
    'alerts that nobody is told of',
    'alerts',
    'warning',
    /nobody is told/,
    {},
    { ALERT_WEBHOOK_URL: '', COMPOSE_PROFILES: 'judge0-engine,monitoring' },
  ],
  [
    'alerts by the mail server',
    'alerts',
    'ok',
    /mails by mail\.school\.example:587/,
    {},
    { ALERT_WEBHOOK_URL: '', ALERT_SMTP_HOST: 'mail.school.example:587' },
  ],
  ['more programs than memory', 'engine-memory', 'warning', /ENGINE_MEMORY=4g/, {}, { SLOTS: '8' }],
  [
    'a level that GoTrue does not know',
    'values',
    'problem',
    /AUTH_LOG_LEVEL must be one of panic/,
    {},
    { AUTH_LOG_LEVEL: 'silent' },
  ],
  ['no judge', 'profiles', 'warning', /judge0-engine/, {}, { COMPOSE_PROFILES: 'monitoring' }],
  [
    'own certificates that are not there',
    'certificate-files',
    'problem',
    /\/etc\/tls\/a\.pem is not there/,
    {},
    { TLS_MODE: 'files', TLS_CERT_FILE: '/etc/tls/a.pem', TLS_KEY_FILE: '/etc/tls/k.pem' },
  ],
  [
    'a key that belongs to a user, which Caddy cannot read',
    'certificate-files',
    'problem',
    /k\.pem belongs to user 1000 with mode 600.*sudo chown root:root \/etc\/tls\/k\.pem/s,
    {
      owners: {
        '/etc/tls/a.pem': { uid: 1000, gid: 1000, mode: 0o644 },
        '/etc/tls/k.pem': { uid: 1000, gid: 1000, mode: 0o600 },
      },
      files: { '/etc/tls/a.pem': 'x', '/etc/tls/k.pem': 'x' },
    },
    { TLS_MODE: 'files', TLS_CERT_FILE: '/etc/tls/a.pem', TLS_KEY_FILE: '/etc/tls/k.pem' },
  ],
  [
    'a key of root’s, which Caddy can read and the caller cannot',
    'certificate-files',
    'ok',
    /Caddy can read them; you cannot/,
    {
      owners: {
        '/etc/tls/a.pem': { uid: 0, gid: 0, mode: 0o644 },
        '/etc/tls/k.pem': { uid: 0, gid: 0, mode: 0o600 },
      },
      files: { '/etc/tls/a.pem': 'x' },
    },
    { TLS_MODE: 'files', TLS_CERT_FILE: '/etc/tls/a.pem', TLS_KEY_FILE: '/etc/tls/k.pem' },
  ],
  [
    'a checkout under umask 077',
    'checkout',
    'problem',
    /prometheus\/rules and 1 more.*chmod -R go\+rX ops\/caddy/s,
    { programs: { find: { stdout: 'prometheus/rules\nprometheus/blackbox.yml\n' } } },
  ],
  [
    'images that are missing',
    'images',
    'warning',
    /1 of 2 are not here yet: redis:8-alpine/,
    { programs: { 'docker image ls': { stdout: 'coding-platform/api:local\n' } } },
  ],
  [
    'a compose file that is refused',
    'compose-file',
    'problem',
    /services\.x/,
    { programs: { 'docker compose config': { code: 15, stderr: 'services.x additional properties\n' } } },
  ],
];

// A row that is shorter than the function's parameters would get a callback for the last one.
const rows = cases.map(
  ([name, id, status, says, recording, changes = {}]) =>
    [name, id, status, says, recording, changes] as const,
);
test.each(rows)('%s: %s is a %s', async (_name, id, status, says, recording, changes) => {
  const finding = (await look(recording, changes)).of(id);
  expect(finding).toMatchObject({ status });
  expect(`${finding.detail} ${'cure' in finding ? finding.cure : ''}`).toMatch(says);
});

test('a dollar that compose would replace is found', async () => {
  const text = `${withValues('', await settingsMade())}SMTP_URL=smtp://a:b$c@d\n`;
  expect((await look({ files: { '.env': text } })).of('env-file').detail).toContain('SMTP_URL has a $');
});

describe('whether this compose file was ever started with the official images', () => {
  const started = (composeText: string) => ({
    folders: { 'ops/evidence': [{ name: '2026-11-20.json', modifiedAt: new Date(), bytes: 9 }] },
    files: {
      'docker-compose.yml': 'services: {}\n',
      'ops/evidence/2026-11-20.json': JSON.stringify({
        date: '2026-11-20',
        commit: 'abc',
        composeFile: composeHash(composeText),
        machine: { system: 'Ubuntu 24.04', kernel: '6.8.0', docker: '29.1.2', compose: '2.40.2' },
        profiles: ['judge0-engine'],
        images: [],
        services: [],
        tests: { passed: 70, failed: 0 },
        failure: null,
      }),
    },
  });

  test.each<[string, string, RegExp, Recording]>([
    ['never', 'skipped', /has not yet been started.*make test-real/, {}],
    ['this one', 'ok', /Ubuntu 24\.04 with Docker 29\.1\.2: 70 tests passed/, started('services: {}\n')],
    ['an older one', 'warning', /changed since .*2026-11-20/, started('services: { web: {} }\n')],
  ])('%s: %s', async (_name, status, says, recording) => {
    const finding = (await look(recording)).of('evidence');
    expect(finding).toMatchObject({ status });
    expect(finding.detail).toMatch(says);
  });
});
