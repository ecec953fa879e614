import type { Logger } from '../../lib/logger.js';
import type { Metrics } from '../../lib/metrics.js';
import type { Supabase } from '../../lib/supabase.js';
import { createCheck, type Look, type Probe } from './checks.js';
import { selectLaterMigrations, selectMissingMigrations } from './repository.js';
import { checkNames, type CheckName, type Health } from './schema.js';

type Looks = Record<CheckName, Look>;

const sharedForMs = 2000;

/** Shares one piece of work with everybody who asks within sharedForMs of its start. */
const shared = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let latest: { at: number; result: Promise<T> } | undefined;
  return () => {
    if (!latest || performance.now() - latest.at > sharedForMs) {
      latest = { at: performance.now(), result: work() };
    }
    return latest.result;
  };
};

/** Whether the parts that the api needs answer, and whether this process may get requests. */
export const createHealthService = (options: {
  supabase: Supabase;
  probes: Record<CheckName, Probe>;
  /** Those that this process was built with. */
  migrations: string[];
  version: string;
  logger: Logger;
  metrics: Metrics;
  isDraining: () => boolean;
}) => {
  const { logger, metrics, probes } = options;
  const checks = checkNames.map((name) => ({ name, check: createCheck(probes[name]) }));
  const known = new Map<string, Look['status']>();
  let migrated = false;
  let later: string[] = [];

  const sayChange = (name: string, status: Look['status'], reason: string | null): void => {
    const before = known.get(name);
    known.set(name, status);
    if (status === before) return;
    if (status === 'unhealthy') logger.warn({ check: name, reason }, 'a part is away');
    else if (before === 'unhealthy') logger.warn({ check: name }, 'a part is back');
  };

  const note = (name: CheckName, { status, reason, pieces = [] }: Look): void => {
    if (status === 'disabled') metrics.healthCheckUp.remove({ check: name });
    else metrics.healthCheckUp.set({ check: name }, status === 'healthy' ? 1 : 0);
    sayChange(name, status, reason);
    for (const piece of pieces) sayChange(`${name} ${piece.name}`, piece.status, piece.reason);
  };

  const look = shared(async (): Promise<Looks> => {
    const found = await Promise.all(checks.map(async ({ name, check }) => [name, await check()] as const));
    for (const [name, result] of found) note(name, result);
    return Object.fromEntries(found) as Looks;
  });

  /** An older release works on a newer database: that is worth a word, and no reason to serve nobody. */
  const sayIfNewer = async (): Promise<void> => {
    later = await selectLaterMigrations(options.supabase.service, options.migrations.at(-1) ?? '');
    if (later.length > 0) logger.warn({ migrations: later }, 'the database is of a newer release');
  };

  const serving = shared(async (): Promise<string | null> => {
    try {
      const missing = await selectMissingMigrations(
        options.supabase.service,
        // Forward only: what was there once stays, and asking for one tells whether the database answers.
        migrated ? options.migrations.slice(-1) : options.migrations,
      );
      if (missing.length === 0 && !migrated) await sayIfNewer();
      migrated = missing.length === 0;
      return migrated ? null : `the database has not had ${missing.length} migrations: ${missing.join(', ')}`;
    } catch (error) {
      logger.warn({ err: error }, 'not ready: the database does not answer');
      return 'the database does not answer';
    }
  });

  return {
    /** `openly` tells reasons, for administrators. */
    health: async (openly: boolean): Promise<Health> => {
      const looks = await look();
      const unhealthy = checkNames.some((name) => looks[name].status === 'unhealthy');
      const ofEach = <T>(tell: (look: Look) => T) =>
        Object.fromEntries(checkNames.map((name) => [name, tell(looks[name])])) as Record<CheckName, T>;
      return {
        status: unhealthy ? 'degraded' : 'healthy',
        timestamp: new Date().toISOString(),
        uptime: Math.round(process.uptime()),
        checks: ofEach(({ status }) => status),
        details: {
          ...ofEach(({ status: _status, latencyMs, ...more }) => ({ latencyMs, ...(openly ? more : {}) })),
          version: options.version,
        },
      };
    },
    /** Null when this process can serve, else why it cannot; a judge or a Redis that is away does not stop lessons. */
    notReadyReason: async (): Promise<string | null> => (options.isDraining() ? 'stopping' : serving()),
    /** What is odd though this process can serve, as it was when it became ready. */
    readyWarning: (): string | null =>
      later.length > 0 ? `the database is of a newer release: ${later.join(', ')}` : null,
  };
};

export type HealthService = ReturnType<typeof createHealthService>;
