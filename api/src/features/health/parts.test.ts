/** Each part that the api needs is really taken away and brought back while the api runs on. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import request from 'supertest';
import {
  freePort,
  startEngine,
  startRedis,
  startSupabase,
  type TestEngine,
  type TestRedis,
  type TestSupabase,
} from '../../../../ops/embedded/test-stack.js';
import { createTestApp, logger } from '../../../test/running-app.js';
import { waitUntil } from '../../../test/wait-until.js';
import { createHealthProbes, knownMigrations } from '../../health-probes.js';
import { createJudgeClient } from '../../judge/client.js';
import { createMetrics } from '../../lib/metrics.js';
import { createRedis, type RedisConnection } from '../../lib/redis.js';
import { createSupabase } from '../../lib/supabase.js';
import { createSmtpTransport } from '../../mail/smtp.js';
import { createObjectStore } from '../../storage/object-store.js';
import type { CheckName, Health } from './schema.js';

const patienceMs = 180_000;

let app: ReturnType<typeof createTestApp>;
let supabase: TestSupabase;
let redis: TestRedis;
let engine: TestEngine;
let mail: SMTPServer;
let mailPort: number;
let connection: RedisConnection;

const listen = async (): Promise<void> => {
  mail = new SMTPServer({ logger: false, authOptional: true });
  mail.on('error', () => undefined);
  await new Promise<void>((resolve) => mail.listen(mailPort, '127.0.0.1', resolve));
};
const closeMail = () => new Promise<void>((resolve) => mail.close(() => resolve()));

beforeAll(async () => {
  mailPort = await freePort();
  [supabase, redis, engine] = await Promise.all([startSupabase(), startRedis(), startEngine(), listen()]);
  connection = createRedis(redis.url, logger, createMetrics());
  await once(connection.client, 'ready');
  const database = createSupabase(supabase);
  const judge = createJudgeClient({ url: engine.url, key: engine.token });
  const migrations = knownMigrations();
  const probes = createHealthProbes({
    supabase: database,
    redis: connection,
    judge,
    canaryMs: 0,
    mail: createSmtpTransport({
      url: `smtp://127.0.0.1:${mailPort}?tls.rejectUnauthorized=false`,
      from: { email: 'code@school.example', name: 'A school' },
    }),
    store: createObjectStore(supabase),
  });
  app = createTestApp({ supabase: database, redis: connection, judge, probes, migrations });
}, patienceMs);

afterAll(async () => {
  await connection.close();
  await Promise.all([supabase.stop(), redis.stop(), engine.stop(), closeMail()]);
});

const away = async (): Promise<CheckName[]> => {
  const { checks } = (await request(app).get('/api/health')).body as Health;
  return (Object.keys(checks) as CheckName[]).filter((name) => checks[name] !== 'healthy');
};
const nowAway = (...names: CheckName[]) => waitUntil(async () => (await away()).join() === names.join());
const readiness = async (): Promise<number> => (await request(app).get('/api/ready')).status;

test(
  'all parts answer',
  async () => {
    await nowAway();
    expect(await readiness()).toBe(200);
  },
  patienceMs,
);

test(
  'Redis goes and comes back; readiness is not moved',
  async () => {
    await redis.kill();
    await nowAway('redis');
    expect(await readiness()).toBe(200);
    redis = await startRedis({ port: redis.port });
    await nowAway();
  },
  patienceMs,
);

test(
  'the judge goes and comes back; readiness is not moved',
  async () => {
    await engine.kill();
    await nowAway('judge0');
    expect(await readiness()).toBe(200);
    engine = await startEngine({ port: engine.port, token: engine.token });
    await nowAway();
  },
  patienceMs,
);

test(
  'the mail server goes and comes back',
  async () => {
    await closeMail();
    await nowAway('mail');
    await listen();
    await nowAway();
  },
  patienceMs,
);

test(
  'the database goes with its storage and comes back; nothing can be served meanwhile',
  async () => {
    const { directory, url } = supabase;
    await supabase.kill();
    await nowAway('database', 'storage');
    await waitUntil(async () => (await readiness()) === 503);
    supabase = await startSupabase({ directory, port: Number(new URL(url).port) });
    await nowAway();
    await waitUntil(async () => (await readiness()) === 200);
  },
  patienceMs,
);
