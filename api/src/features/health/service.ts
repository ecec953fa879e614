import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JudgeClient } from '../../judge/client.js';
import type { Supabase } from '../../lib/supabase.js';
import { pingDatabase } from './repository.js';
import type { Health } from './schema.js';

type Check = Health['checks']['database'];

const sharedForMs = 2000;
// Shorter than whoever asks is likely to wait.
const probeMs = 3000;

const within = async (ms: number, work: Promise<void>): Promise<void> => {
  const settled = new AbortController();
  const late = sleep(ms, undefined, { signal: settled.signal }).then(() => {
    throw new Error(`no answer in ${ms} ms`);
  });
  await Promise.race([work, late]).finally(() => settled.abort());
};

const timed = async (probe: (() => Promise<void>) | null): Promise<Check> => {
  if (!probe) return { status: 'disabled', latencyMs: null };
  const start = performance.now();
  const status = await within(probeMs, probe()).then(
    () => 'healthy' as const,
    () => 'unhealthy' as const,
  );
  return { status, latencyMs: Math.round(performance.now() - start) };
};

/** Whether the parts that the api needs answer; one look is shared by everybody who asks within 2 s. */
export const createHealthService = (options: {
  supabase: Supabase;
  judge: JudgeClient | null;
  version: string;
  isDraining: () => boolean;
}) => {
  const { judge } = options;
  let shared: { at: number; checks: Promise<Health['checks']> } | undefined;

  const look = async (): Promise<Health['checks']> => {
    const [database, judge0] = await Promise.all([
      timed(() => pingDatabase(options.supabase.service)),
      timed(judge ? () => judge.about() : null),
    ]);
    return { database, judge0 };
  };

  const checks = (): Promise<Health['checks']> => {
    if (!shared || Date.now() - shared.at > sharedForMs) shared = { at: Date.now(), checks: look() };
    return shared.checks;
  };

  return {
    health: async (): Promise<Health> => {
      const found = await checks();
      const unhealthy = Object.values(found).some(({ status }) => status === 'unhealthy');
      return {
        status: unhealthy ? 'degraded' : 'healthy',
        timestamp: new Date().toISOString(),
        uptimeSeconds: Math.round(process.uptime()),
        version: options.version,
        checks: found,
      };
    },
    /** Null when this process can serve, else why it cannot; a judge that is away does not stop lessons. */
    notReadyReason: async (): Promise<string | null> => {
      if (options.isDraining()) return 'stopping';
      return (await checks()).database.status === 'healthy' ? null : 'the database does not answer';
    },
  };
};

export type HealthService = ReturnType<typeof createHealthService>;
