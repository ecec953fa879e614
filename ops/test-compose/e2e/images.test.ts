import { afterAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { ask as run, must } from '../../../judge0/engine/src/container/shell.js';
import { standInVersion } from '../../../judge0/engine/src/container/base-image.js';
import { freePort } from '../../embedded/test-stack.js';
import { readComposeFile, type Service } from '../../compose-file/compose-file.js';
import { containersOf, root } from '../stack.js';
import { ask, stack } from './client.js';
import { until } from './waiting.js';

const idOf = (service: string): string => {
  const found = containersOf(stack.project).find((each) => each.service === service);
  if (!found) throw new Error(`${service} does not run`);
  return found.id;
};
const compose = readComposeFile().services;

/** A health check as Docker keeps it. */
const kept = ({ healthcheck }: Service): unknown => {
  const { test } = healthcheck ?? {};
  return (Array.isArray(test) ? test : ['CMD-SHELL', test]).map((word) => String(word).replaceAll('$$', '$'));
};

describe('the services that others make', () => {
  test.each(['caddy', 'db', 'redis', 'auth', 'rest', 'storage'])(
    '%s is asked for its health as a school’s is',
    (service) => {
      const format = '{{json .Config.Healthcheck.Test}}';
      const asked = JSON.parse(must('docker', 'inspect', '--format', format, idOf(service))) as unknown;
      expect(asked).toEqual(kept(compose[service] ?? {}));
    },
  );

  test.each([
    ['auth', 9999, '/health'],
    ['storage', 5000, '/status'],
  ])('%s is found at 127.0.0.1, and not at localhost where that is ::1 first', (service, port, page) => {
    const wget = (host: string) =>
      run('docker', 'exec', idOf(service), 'wget', '--tries=1', '--spider', `http://${host}:${port}${page}`)
        .ok;
    const hosts = must('docker', 'exec', idOf(service), 'cat', '/etc/hosts');
    const has6 = /^::1\s+(\S+\s+)*localhost/m.test(hosts);
    expect([wget('127.0.0.1'), wget('localhost')]).toEqual([true, !has6]);
    // A Docker without IPv6 does not name it; the stand-ins always have it.
    expect(has6 || standInVersion(compose[service]?.image ?? '') === null).toBe(true);
  });
});

describe('the two commands of the runbook', () => {
  const name = `test-compose-web-${randomBytes(3).toString('hex')}`;
  afterAll(() => {
    run('docker', 'rm', '--force', name);
    run('docker', 'rmi', name);
  });

  test('docker build . and docker run -p 3000:3000 with its critical settings open the pages', async () => {
    const port = await freePort();
    must('docker', 'build', '--quiet', '--tag', name, root);
    const settings = {
      NEXT_PUBLIC_APP_URL: `http://localhost:${port}`,
      NEXT_PUBLIC_API_URL: 'http://127.0.0.1:4000',
      NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:54321',
      NEXT_PUBLIC_SUPABASE_ANON_KEY: randomBytes(24).toString('hex'),
      SUPABASE_SERVICE_ROLE_KEY: randomBytes(24).toString('hex'),
      SESSION_SECRET: randomBytes(24).toString('hex'),
    };
    const given = Object.entries(settings).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
    must('docker', 'run', '--detach', '--name', name, '--publish', `${port}:3000`, ...given, name);
    const page = await until('the page for signing in', async () => {
      const answer = await ask('/login', { base: `http://127.0.0.1:${port}` });
      return answer.status === 200 ? answer : null;
    });
    expect(page.body).toContain('<form');
  });
});
