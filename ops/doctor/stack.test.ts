import { describe, expect, test } from '@jest/globals';
import type { Recording } from './recorded-machine.js';
import { away, healthy, look, running } from './recorded-school.js';
import { tableOf } from './report.js';

describe('a school that runs', () => {
  test('and is well has no problem and looks like no issue', async () => {
    const { findings, issue } = await look(running());
    expect(findings.filter(({ status }) => status === 'problem' || status === 'warning')).toEqual([]);
    expect(issue).toBeNull();
  });

  test.each<[string, string, Recording]>([
    ['Application not responding', 'api', running({ api: { Health: 'unhealthy' } })],
    ['Application not responding', 'caddy', running({ caddy: { State: 'exited', Health: '', ExitCode: 1 } })],
    [
      'Database connection errors',
      'db',
      running({ db: { State: 'restarting', Health: '' }, api: { Health: 'unhealthy' } }),
    ],
    [
      'Database connection errors',
      'database',
      running({}, away('database', 'The database does not answer.')),
    ],
    ['Redis connection failures', 'redis', running({ redis: { State: 'exited', Health: '', ExitCode: 1 } })],
    ['Redis connection failures', 'redis', running({}, away('redis', 'connect ECONNREFUSED'))],
    ['High memory usage', 'web-1 (97.1 %)', running({}, {}, '97.1%')],
    [
      'High memory usage',
      'engine was killed',
      running({ engine: { State: 'exited', Health: '', ExitCode: 137 } }),
    ],
    [
      'Rate limits exceeded',
      '400 of 1000',
      running({}, { rateLimits: { allowed: 600, refused: 400, refusedNow: 0 } }),
    ],
  ])('looks like: %s, by %s', async (name, evidence, recording) => {
    const { issue, findings } = await look(recording);
    expect(issue).toMatchObject({ name });
    expect(issue?.evidence).toContain(evidence);
    const table = tableOf(findings, issue, { colour: false, width: 100 });
    expect(table.split('\n').slice(-2)).toEqual([
      `This looks like: ${name}. ${issue?.evidence}.`,
      `What to do: ${issue?.page}`,
    ]);
  });

  test.each<[id: string, status: string, says: RegExp, Recording]>([
    [
      'services',
      'problem',
      /grader is exited.*make logs SERVICE=grader/s,
      running({ grader: { State: 'exited', Health: '' } }),
    ],
    [
      'migrations',
      'problem',
      /1 migrations are missing/,
      running({}, { missingMigrations: ['20261123001650'] }),
    ],
    [
      'queue',
      'problem',
      /nobody judges them/,
      running({}, { submissions: { waiting: 40, oldestSeconds: 700 } }),
    ],
    [
      'mail',
      'warning',
      /2 could not be sent/,
      running({}, { mails: { waiting: 0, failed: 2, oldestSeconds: 0 } }),
    ],
    [
      'languages',
      'warning',
      /fails in Java \(status 6/,
      running(
        {},
        {
          languages: [
            ...(healthy.languages ?? []),
            { id: 62, name: 'Java', ok: false, reason: 'status 6: javac' },
          ],
        },
      ),
    ],
    [
      'languages',
      'problem',
      /no program runs in any of 1/,
      running({}, { languages: [{ id: 46, name: 'Bash', ok: false, reason: 'status 13: Internal Error' }] }),
    ],
    [
      'parts',
      'warning',
      /no mails are sent/,
      running({}, { checks: { ...healthy.checks, mail: { status: 'disabled', reason: null, pieces: [] } } }),
    ],
    [
      'parts',
      'warning',
      /judge0 http:\/\/10\.0\.0\.2:2358: ETIMEDOUT/,
      running(
        {},
        {
          checks: {
            ...healthy.checks,
            judge0: {
              status: 'healthy',
              reason: null,
              pieces: [
                { name: 'http://judge0:2358', status: 'healthy', reason: null },
                { name: 'http://10.0.0.2:2358', status: 'unhealthy', reason: 'ETIMEDOUT' },
              ],
            },
          },
        },
      ),
    ],
    [
      'certificate',
      'problem',
      /ran out/,
      { ...running(), certificate: { validTo: new Date('2026-11-20'), issuer: '', names: [] } },
    ],
    ['certificate', 'problem', /shows no certificate/, { ...running(), certificate: null }],
    ['backups', 'warning', /no backups yet/, { ...running(), folders: {} }],
    ['ports', 'ok', /this school's own/, running()],
  ])('%s is a %s: %s', async (id, status, says, recording) => {
    const finding = (await look(recording)).of(id);
    expect(finding).toMatchObject({ status });
    expect(`${finding.detail} ${'cure' in finding ? finding.cure : ''}`).toMatch(says);
  });
});
