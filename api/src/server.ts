import { createRequire } from 'node:module';
import { createApp } from './app.js';
import { createCache } from './cache/cache.js';
import { readConfigOrExit } from './config.js';
import { createFileJobs } from './features/files/jobs.js';
import { createFileLinks } from './features/files/links.js';
import { createInvitationTokens } from './features/invitations/tokens.js';
import { selectLimitRules } from './features/limits/repository.js';
import { createProgressFeed } from './features/submissions/progress-feed.js';
import { selectSubmissionProgress } from './features/submissions/repository.js';
import { createVerifyToken } from './http/authenticate.js';
import { createHealthProbes, knownMigrations } from './health-probes.js';
import { startOperatorsServer } from './http/operators-server.js';
import { createJudgePool } from './judge/pool.js';
import { createLimits } from './limits/limits.js';
import { startErrorReports } from './lib/error-reports.js';
import { createLogger } from './lib/logger.js';
import { createMetrics } from './lib/metrics.js';
import { createPrometheus } from './lib/prometheus.js';
import { createRedis } from './lib/redis.js';
import { endOnUnhandledError, onShutdown } from './lib/shutdown.js';
import { createSealer } from './lib/sealed.js';
import { observeSupabaseCalls } from './lib/slow-operations.js';
import { createSupabase } from './lib/supabase.js';
import { createMailTransport, mailModeOf } from './mail-transport.js';
import { createObjectStore } from './storage/object-store.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
const config = readConfigOrExit();
const reports = await startErrorReports({
  dsn: config.sentryDsn,
  program: 'api',
  release: version,
  environment: config.appEnv,
});
const logger = createLogger('api', config.logLevel, { reports });
endOnUnhandledError(logger, () => reports?.flush());
const metrics = createMetrics();
metrics.collectProcessMetrics({ program: 'api', version, revision: config.revision });
const redis = config.redisUrl ? createRedis(config.redisUrl, logger, metrics) : null;
const supabase = createSupabase({
  ...config.supabase,
  onCall: observeSupabaseCalls(logger, metrics, config.slowMs),
});
const limits = createLimits({
  redis,
  settings: config.rateLimits,
  // All processes of the installation have it, and nobody else.
  salt: config.supabase.serviceRoleKey,
  loadRules: () => selectLimitRules(supabase.service),
  logger,
  metrics,
});
limits.rules.start();
// The key of links is derived from it: all processes have it.
const links = createFileLinks(config.supabase.serviceRoleKey);
const store = createObjectStore(config.supabase);
const fileJobs = createFileJobs({ client: supabase.service, store, logger });
const stopTidyingFiles = fileJobs.start();
const judge = config.judge && createJudgePool({ ...config.judge, onRequest: metrics.countJudgeRequest });
const mail = createMailTransport(config.mail, supabase.service);
let draining = false;

const app = createApp({
  supabase,
  redis,
  cache: createCache({ redis, metrics, logger }),
  limits,
  trustedProxies: config.trustedProxies,
  metrics,
  verifyToken: createVerifyToken({ supabaseUrl: config.supabase.url, jwtSecret: config.supabase.jwtSecret }),
  judge,
  files: { store, jobs: fileJobs, links, limits: config.uploads },
  invitationTokens: createInvitationTokens(config.supabase.serviceRoleKey),
  feed: createProgressFeed({
    load: (ids) => selectSubmissionProgress(supabase.service, ids),
    intervalMs: 250,
    onError: (error) => logger.warn({ err: error }, 'progress of submissions could not be read'),
  }),
  logger,
  sealer: config.secondFactorSecret ? createSealer(config.secondFactorSecret) : null,
  mailMode: mailModeOf(mail),
  mailbox: mail?.name === 'mailbox' ? config.mail.mailbox : null,
  appUrl: config.appUrl,
  apiUrl: config.apiUrl,
  prometheus: config.prometheusUrl ? createPrometheus(config.prometheusUrl) : null,
  version,
  probes: createHealthProbes({ supabase, redis, judge, canaryMs: config.canaryMs, mail, store }),
  migrations: knownMigrations(),
  slowMs: config.slowMs,
  drill: config.drill,
  isDraining: () => draining,
  runConcurrency: config.runConcurrency,
});

const server = app.listen(config.port, config.host, (error) => {
  if (error) {
    logger.fatal({ err: error }, `cannot listen on ${config.host}:${config.port}`);
    process.exit(1);
  }
  logger.info({ port: config.port }, 'listening');
});
server.on('error', (error) => {
  if (server.listening) logger.error({ err: error }, 'a connection could not be accepted');
});

const operators = { host: config.host, port: config.metricsPort, allow: config.metricsAllow, logger };
startOperatorsServer(operators, { registry: metrics.registry });

onShutdown(logger, 10_000, async () => {
  draining = true;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    // Live event streams never end by themselves; browsers connect again to the next process.
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  });
  limits.rules.stop();
  stopTidyingFiles();
  await redis?.close();
  await reports?.flush();
});
