/**
 * What doctor asks a running installation: `node dist/diagnosis.js` in the api's container. Standard input: a program
 * that prints "hello" by Judge0's id of its language, as JSON. Output: one JSON object; no setting, no secret.
 */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { readConfigOrExit } from './config.js';
import { createCheck } from './features/health/checks.js';
import { selectMissingMigrations } from './features/health/repository.js';
import { checkNames } from './features/health/schema.js';
import { createOutboxRepository } from './features/mail/outbox/repository.js';
import { selectQueueState } from './features/submissions/queue/repository.js';
import { createHealthProbes, knownMigrations } from './health-probes.js';
import { tryLanguages } from './judge/language-trials.js';
import { createJudgePool } from './judge/pool.js';
import { createLogger } from './lib/logger.js';
import { createMetrics } from './lib/metrics.js';
import { createRedis } from './lib/redis.js';
import { createSupabase } from './lib/supabase.js';
import { createMailTransport } from './mail-transport.js';
import { createObjectStore } from './storage/object-store.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
const programs = z.record(z.string(), z.string()).parse(await json(process.stdin));
const config = readConfigOrExit();
const supabase = createSupabase(config.supabase);
const client = supabase.service;
const redis = config.redisUrl
  ? createRedis(config.redisUrl, createLogger('diagnosis', 'silent'), createMetrics())
  : null;
const judge = config.judge && createJudgePool(config.judge);
const probes = createHealthProbes({
  supabase,
  redis,
  judge,
  canaryMs: 0,
  mail: createMailTransport(config.mail, client),
  store: createObjectStore(config.supabase),
});

/** A part that is away leaves its own place empty; why it is away stands in the checks. */
const orNull = <T>(work: Promise<T>): Promise<T | null> => work.catch(() => null);

const lookAtParts = async () => {
  const looks = await Promise.all(
    checkNames.map(async (name) => [name, await createCheck(probes[name])()] as const),
  );
  return Object.fromEntries(
    looks.map(([name, { status, reason, pieces = [] }]) => [name, { status, reason, pieces }]),
  );
};

/** Decisions of the limits by the running api beside this program, from its own metrics. */
const readLimitDecisions = async (): Promise<{ allowed: number; refused: number }> => {
  const answer = await fetch(`http://127.0.0.1:${config.metricsPort}/metrics`, {
    signal: AbortSignal.timeout(3000),
  });
  const sums = { allowed: 0, refused: 0 };
  for (const [, outcome, count] of (await answer.text()).matchAll(
    /^rate_limit_decisions_total\{[^}]*outcome="(\w+)"[^}]*\} (\S+)$/gm,
  )) {
    if (outcome === 'allowed') sums.allowed += Number(count);
    if (outcome === 'refused' || outcome === 'blocked') sums.refused += Number(count);
  }
  return sums;
};

// Commands are refused until the connection stands, so that nothing waits for a Redis that is away.
if (redis) await orNull(once(redis.client, 'ready', { signal: AbortSignal.timeout(2000) }));
const limitsBefore = await orNull(readLimitDecisions());
// Before the programs below, which keep the judge busy: a part has seconds to answer.
const checks = await lookAtParts();
const [missingMigrations, queue, mails, languages] = await Promise.all([
  orNull(selectMissingMigrations(client, knownMigrations())),
  orNull(selectQueueState(client)),
  orNull(createOutboxRepository(client).queue()),
  judge && orNull(tryLanguages(judge, programs)),
]);
const limits = await orNull(readLimitDecisions());

console.log(
  JSON.stringify({
    version,
    checks,
    missingMigrations,
    submissions: queue && { waiting: queue.waiting, oldestSeconds: queue.oldest_seconds },
    mails: mails && { waiting: mails.queued, failed: mails.failed, oldestSeconds: mails.oldest_seconds },
    languages,
    rateLimits: limits && {
      ...limits,
      refusedNow: limits.refused - (limitsBefore?.refused ?? limits.refused),
    },
  }),
);
// Connections that are kept open would keep the program.
process.exit(0);
