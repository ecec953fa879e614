import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { readConfigOrExit } from './config.js';
import { createMailWorker } from './features/mail/outbox/jobs.js';
import { createOutboxRepository } from './features/mail/outbox/repository.js';
import { createLinkMaker, createOutboxService } from './features/mail/outbox/service.js';
import { createGrader } from './features/submissions/judging/jobs.js';
import { createJudgingRepository } from './features/submissions/judging/repository.js';
import { createJudgingService } from './features/submissions/judging/service.js';
import { createQueueGauges } from './features/submissions/queue/jobs.js';
import { selectQueueState } from './features/submissions/queue/repository.js';
import { createHealthProbes, knownMigrations } from './health-probes.js';
import { startOperatorsServer } from './http/operators-server.js';
import type { JudgeClient } from './judge/client.js';
import { createJudgePool } from './judge/pool.js';
import { startErrorReports } from './lib/error-reports.js';
import { createLogger } from './lib/logger.js';
import { createMetrics } from './lib/metrics.js';
import { endOnUnhandledError, onShutdown } from './lib/shutdown.js';
import { observeSupabaseCalls } from './lib/slow-operations.js';
import { createSupabase } from './lib/supabase.js';
import { createMailTransport, mailModeOf } from './mail-transport.js';
import { createHealthService } from './features/health/service.js';

const mailConcurrency = 4;
const mailLeaseSeconds = 120;
const queueLookMs = 5000;

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
const config = readConfigOrExit();
const reports = await startErrorReports({
  dsn: config.sentryDsn,
  program: 'grader',
  release: version,
  environment: config.appEnv,
});
const logger = createLogger('grader', config.logLevel, { reports });
endOnUnhandledError(logger, () => reports?.flush());
const metrics = createMetrics();
metrics.collectProcessMetrics({ program: 'grader', version, revision: config.revision });
const supabase = createSupabase({
  ...config.supabase,
  onCall: observeSupabaseCalls(logger, metrics, config.slowMs),
});
const client = supabase.service;
const judge = config.judge && createJudgePool({ ...config.judge, onRequest: metrics.countJudgeRequest });
const transport = createMailTransport(config.mail, client);
const worker = `${hostname()}:${process.pid}`;

const createJudging = (judge: JudgeClient) => {
  const repository = createJudgingRepository(client);
  return createGrader({
    repository,
    judging: createJudgingService({
      repository,
      judge,
      onResend: (programs) => metrics.judgeRetries.inc({ reason: 'forgotten' }, programs),
    }),
    probe: () => judge.about(),
    worker,
    concurrency: config.grader.concurrency,
    leaseSeconds: config.grader.leaseSeconds,
    logger,
    metrics,
  });
};

const createMailing = () => {
  const repository = createOutboxRepository(client);
  logger.info({ mode: mailModeOf(transport) }, 'mails');
  if (!transport) logger.warn('neither Mailjet nor a mail server is set: mails are kept as failed');
  const { appUrl } = config;
  const makeLink = createLinkMaker({ client, appUrl });
  return createMailWorker({
    repository,
    outbox: createOutboxService({ repository, transport, makeLink, appUrl }),
    worker,
    concurrency: mailConcurrency,
    leaseSeconds: mailLeaseSeconds,
    logger,
    metrics,
  });
};

// Mails go out where nothing is judged, too.
const grader = judge && createJudging(judge);
const gauges = createQueueGauges({
  load: () => selectQueueState(client),
  everyMs: queueLookMs,
  metrics,
  logger,
});
const jobs = [createMailing(), gauges, ...(grader ? [grader] : [])];
for (const job of jobs) job.start();
if (grader) logger.info({ concurrency: config.grader.concurrency }, 'judging');
else logger.warn('JUDGE0_API_URL is not set: judging is switched off');

let draining = false;
const { canaryMs } = config;
const probes = createHealthProbes({
  supabase,
  judge,
  canaryMs,
  onCanary: metrics.noteCanary,
  mail: transport,
});
// The metrics tell of the judge also while nobody asks how this process is.
const canary = setInterval(() => void probes.judge0?.().catch(() => undefined), canaryMs);
const health = createHealthService({
  supabase,
  probes: {
    ...probes,
    judge0:
      grader &&
      (async () => {
        if (!grader.isTurning()) throw new Error('the loop that claims submissions is stuck');
        return probes.judge0?.();
      }),
  },
  migrations: knownMigrations(),
  version,
  logger,
  metrics,
  isDraining: () => draining,
});
const operators = { host: config.host, port: config.metricsPort, allow: config.metricsAllow, logger };
startOperatorsServer(operators, { registry: metrics.registry, health });

onShutdown(logger, 10_000, async () => {
  draining = true;
  clearInterval(canary);
  await Promise.all(jobs.map((job) => job.stop()));
  await reports?.flush();
});
