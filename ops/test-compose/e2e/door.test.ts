import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { must } from '../../../judge0/engine/src/container/shell.js';
import { containersOf } from '../stack.js';
import { ask, publicUrl, signIn, stack } from './client.js';

interface Inspected {
  HostConfig: { PortBindings: Record<string, { HostPort: string }[]> | null; NetworkMode: string };
  Config: { Labels: Record<string, string> };
}

const inspectAll = (): Inspected[] => {
  const ids = containersOf(stack.project).map(({ id }) => id);
  return JSON.parse(must('docker', 'inspect', ...ids)) as Inspected[];
};

describe('the door', () => {
  test('opens with a certificate of Caddy’s own authority, and with no other', async () => {
    const page = await ask('/login');
    expect(page.status).toBe(200);
    expect(page.headers['strict-transport-security']).toContain('max-age=');
    expect(page.headers['content-security-policy']).toContain('nonce-');
    await expect(ask('/login', { trustsRoot: false })).rejects.toThrow(/certificate/);
  });

  test('sends plain HTTP on to HTTPS, with path and query', async () => {
    const base = `http://${stack.domain}:${stack.httpPort}`;
    const answer = await ask('/courses?page=2', { base });
    expect(answer.status).toBe(308);
    expect(answer.headers.location).toBe(`${publicUrl}/courses?page=2`);
  });

  test('is one origin for pages and api', async () => {
    const ready = await ask('/api/ready');
    expect(ready.status).toBe(200);
    const health = JSON.parse((await ask('/api/health')).body) as { status: string };
    expect(health.status).not.toBe('down');
    expect((await ask('/')).status).toBeLessThan(400);
  });

  test('does not lead to Supabase’s data, whoever asks', async () => {
    const headers = await signIn('learner@demo.school');
    for (const path of [
      '/rest/v1/users?select=id',
      '/rest/v1/rpc/x',
      '/storage/v1/bucket',
      '/auth/v1/user',
    ]) {
      for (const question of [{}, { headers }, { headers, method: 'POST' }]) {
        expect({ path, status: (await ask(path, question)).status }).toEqual({ path, status: 404 });
      }
    }
  });

  test('signs nobody in past the api, which counts attempts', async () => {
    const json = { email: 'learner@demo.school', password: stack.passwords['learner@demo.school'] };
    const answer = await ask('/auth/v1/token?grant_type=password', { json });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('access_token');
  });

  test.each(['/metrics', '/api/metrics', '/grafana/metrics', '/auth/v1/metrics', '/rest/v1/metrics'])(
    'shows no figures at %s',
    async (path) => {
      const { body } = await ask(path);
      expect(body).not.toMatch(/^# (HELP|TYPE) /m);
    },
  );

  test('is the only service with published ports, and no data is published', () => {
    const published = inspectAll()
      .map(({ HostConfig, Config }) => ({
        service: Config.Labels['com.docker.compose.service'],
        network: HostConfig.NetworkMode,
        ports: Object.values(HostConfig.PortBindings ?? {})
          .flat()
          .map(({ HostPort }) => Number(HostPort)),
      }))
      .filter(({ ports, network }) => ports.length > 0 || network === 'host');
    expect(published.map(({ service }) => service)).toEqual(['caddy']);
    expect([...new Set(published[0]?.ports)].sort()).toEqual([stack.httpPort, stack.httpsPort].sort());
  });

  test('does not believe an address that a visitor makes up', async () => {
    const email = `${randomUUID()}@example.org`;
    const answers: number[] = [];
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      // Were one of them believed, each attempt would come from somewhere else, and none were too many.
      const madeUp = `198.51.100.${attempt}`;
      const headers = { 'x-forwarded-for': madeUp, 'x-real-ip': madeUp, forwarded: `for=${madeUp}` };
      answers.push(
        (await ask('/api/auth/login', { headers, json: { email, password: 'wrong password' } })).status,
      );
    }
    expect(answers.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(answers.slice(5)).toEqual([429, 429]);
  });

  test('takes no request of more than its limit', async () => {
    const headers = await signIn('learner@demo.school');
    const answer = await ask('/api/submissions', { headers, json: { sourceCode: 'x'.repeat(3 << 20) } });
    expect(answer.status).toBe(413);
  });
});
