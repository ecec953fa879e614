import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp } from '../../../test/running-app.js';
import { startSmallServer } from '../../../test/small-server.js';
import { createJudgeClient } from '../../judge/client.js';
import { createSupabase } from '../../lib/supabase.js';

const away = 'http://127.0.0.1:9';
const databaseAt = (url: string) => createSupabase({ url, anonKey: 'x', serviceRoleKey: 'x' });
const judgeAt = (url: string) => createJudgeClient({ url, key: undefined });
const healthy = { status: 'healthy', latencyMs: expect.any(Number) };
const unhealthy = { status: 'unhealthy', latencyMs: expect.any(Number) };
const disabled = { status: 'disabled', latencyMs: null };

const look = async (overrides: Parameters<typeof createTestApp>[0]) => {
  const app = createTestApp(overrides);
  const [health, ready] = await Promise.all([
    request(app).get('/api/health'),
    request(app).get('/api/ready'),
  ]);
  return { health, ready };
};

describe('health and readiness', () => {
  test('are good when all parts answer', async () => {
    const { health, ready } = await look({ version: '1.2.3' });
    expect(health.status).toBe(200);
    expect(health.body).toEqual({
      status: 'healthy',
      timestamp: expect.any(String),
      uptimeSeconds: expect.any(Number),
      version: '1.2.3',
      checks: { database: healthy, judge0: healthy },
    });
    expect([ready.status, ready.body]).toEqual([200, { ready: true, reason: null }]);
  });

  test('are good on a server without a judge', async () => {
    const { health, ready } = await look({ judge: null });
    expect([health.status, health.body.checks]).toEqual([200, { database: healthy, judge0: disabled }]);
    expect(ready.status).toBe(200);
  });

  test('differ while the judge is away: lessons can be read', async () => {
    const { health, ready } = await look({ judge: judgeAt(away) });
    expect([health.status, health.body]).toMatchObject([
      503,
      { status: 'degraded', checks: { database: healthy, judge0: unhealthy } },
    ]);
    expect(ready.status).toBe(200);
  });

  test('are bad while the database is away, without its address', async () => {
    const { health, ready } = await look({ supabase: databaseAt(away) });
    expect([health.status, health.body.checks.database]).toEqual([503, unhealthy]);
    expect([ready.status, ready.body]).toEqual([
      503,
      { ready: false, reason: 'the database does not answer' },
    ]);
    expect(health.text + ready.text).not.toContain('127.0.0.1');
  });

  test('are bad while the database has none of our tables', async () => {
    const empty = await startSmallServer((_request, response) => {
      response
        .writeHead(404, { 'Content-Type': 'application/json' })
        .end('{"code":"PGRST205","message":"no table"}');
    });
    const { ready } = await look({ supabase: databaseAt(empty.url) });
    expect(ready.status).toBe(503);
    await empty.stop();
  });

  test('do not wait for a database that hangs for as long as a page would', async () => {
    const hanging = await startSmallServer(() => undefined);
    const { health } = await look({ supabase: databaseAt(hanging.url), judge: judgeAt(hanging.url) });
    expect(health.body.checks).toMatchObject({ database: unhealthy, judge0: unhealthy });
    expect(health.body.checks.database.latencyMs).toBeLessThan(8000);
    await hanging.stop();
  });

  test('while the process stops: not ready, and healthy still', async () => {
    const { health, ready } = await look({ isDraining: () => true });
    expect(health.status).toBe(200);
    expect([ready.status, ready.body]).toEqual([503, { ready: false, reason: 'stopping' }]);
  });

  test('ask the parts once for all who ask at the same time', async () => {
    let asked = 0;
    const counting = await startSmallServer((_request, response) => {
      asked += 1;
      response.setHeader('Content-Type', 'application/json').end('[]');
    });
    const app = createTestApp({ supabase: databaseAt(counting.url), judge: null });
    await Promise.all(Array.from({ length: 5 }, () => request(app).get('/api/health').expect(200)));
    expect(asked).toBe(1);
    await counting.stop();
  });
});

test('while the database is away a page is told so at once, as problem+json', async () => {
  const app = createTestApp({
    supabase: databaseAt(away),
    verifyToken: () => Promise.resolve({ sub: '6f1f2d1e-0000-4000-8000-000000000001' }),
  });
  for (const path of ['/api/me', '/api/dashboard', '/api/courses', '/api/problems/x', '/api/submissions']) {
    const answer = await request(app).get(path).set('Authorization', 'Bearer x');
    expect(answer.body).toMatchObject({ status: 503, code: 'database_unavailable', retryAfterSeconds: 5 });
  }
});
