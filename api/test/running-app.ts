import { createApp } from '../src/app.js';
import { createCache } from '../src/cache/cache.js';
import { createFileJobs } from '../src/features/files/jobs.js';
import { createFileLinks } from '../src/features/files/links.js';
import type { FileParts } from '../src/features/files/service.js';
import { createInvitationTokens } from '../src/features/invitations/tokens.js';
import { createProgressFeed } from '../src/features/submissions/progress-feed.js';
import { selectSubmissionProgress } from '../src/features/submissions/repository.js';
import { createGrader } from '../src/features/submissions/judging/jobs.js';
import { createJudgingRepository } from '../src/features/submissions/judging/repository.js';
import { createJudgingService } from '../src/features/submissions/judging/service.js';
import { createVerifyToken } from '../src/http/authenticate.js';
import { createHealthProbes, knownMigrations } from '../src/health-probes.js';
import { createJudgeClient } from '../src/judge/client.js';
import { createLimits } from '../src/limits/limits.js';
import { limitedClasses } from '../src/limits/table.js';
import { createLogger } from '../src/lib/logger.js';
import { createMetrics } from '../src/lib/metrics.js';
import { createSealer } from '../src/lib/sealed.js';
import { createObjectStore } from '../src/storage/object-store.js';
import { servers, supabase, unique } from './world.js';

export const logger = createLogger('test', process.env['LOG_LEVEL'] ?? 'silent');

export const judge = createJudgeClient({ url: servers.engineUrl, key: servers.engineToken });

/** Limits that no ordinary test reaches; the rules of administrators are not followed. */
export const generousLimits = (metrics = createMetrics()) =>
  createLimits({
    redis: null,
    settings: Object.fromEntries(
      limitedClasses.map((name) => [
        name,
        { limit: 100_000, windowMs: 60_000, algorithm: 'token_bucket', burst: 100_000 },
      ]),
    ),
    salt: 'a salt',
    loadRules: () => Promise.resolve({ overrides: [], blocks: [] }),
    logger,
    metrics,
  });

export const store = createObjectStore({ url: servers.supabaseUrl, serviceRoleKey: servers.serviceRoleKey });

export const links = createFileLinks('a secret of the tests');

/** Files in the real storage: at most 1 MB each and, unless said otherwise, 100 MB a person. */
export const createTestFiles = (parts: Partial<Pick<FileParts, 'store' | 'limits'>> = {}): FileParts => ({
  store,
  jobs: createFileJobs({ client: supabase.service, store: parts.store ?? store, logger }),
  links,
  limits: { maxBytes: 1024 * 1024, quotaBytes: 100 * 1024 * 1024 },
  ...parts,
});

/** A cache in memory, for a test that writes rows past the api and then has the app look anew. */
export const createTestCache = () => createCache({ redis: null, metrics: createMetrics(), logger });

type AppDependencies = Parameters<typeof createApp>[0];

/** What the real app is made of over the real servers. */
export const createTestDependencies = (overrides: Partial<AppDependencies> = {}): AppDependencies => {
  const { redis = null, metrics = createMetrics() } = overrides;
  return {
    supabase,
    redis,
    cache: createCache({ redis, metrics, logger }),
    limits: generousLimits(metrics),
    trustedProxies: ['loopback'],
    metrics,
    verifyToken: createVerifyToken({ supabaseUrl: servers.supabaseUrl, jwtSecret: servers.jwtSecret }),
    judge,
    files: createTestFiles(),
    invitationTokens: createInvitationTokens('a secret of the tests'),
    feed: createProgressFeed({
      load: (ids) => selectSubmissionProgress(supabase.service, ids),
      intervalMs: 50,
      onError: (error) => logger.warn({ err: error }, 'progress'),
    }),
    logger,
    sealer: createSealer('a secret of the tests, long enough for keys'),
    mailMode: 'mailbox',
    mailbox: 'everyone',
    appUrl: 'http://localhost:3000',
    version: '0.0.0',
    prometheus: null,
    probes: createHealthProbes({
      supabase: overrides.supabase ?? supabase,
      redis,
      judge: overrides.judge === undefined ? judge : overrides.judge,
      canaryMs: 0,
      mail: null,
      store,
    }),
    migrations: knownMigrations(),
    slowMs: 60_000,
    isDraining: () => false,
    ...overrides,
  };
};

/** The real app over the real servers; `judge: null` is a server without one. */
export const createTestApp = (overrides: Partial<AppDependencies> = {}) =>
  createApp(createTestDependencies(overrides));

/** The real grader in this process. */
export const createTestGrader = (client = judge, metrics = createMetrics()) => {
  const repository = createJudgingRepository(supabase.service);
  return createGrader({
    repository,
    judging: createJudgingService({ repository, judge: client }),
    probe: () => client.about(),
    worker: unique('test-grader'),
    concurrency: 4,
    leaseSeconds: 20,
    logger,
    metrics,
  });
};
