import { hostname } from 'node:os';
import { readConfigOrExit } from './config.js';
import { createGrader } from './features/submissions/judging/jobs.js';
import { createJudgingRepository } from './features/submissions/judging/repository.js';
import { createJudgingService } from './features/submissions/judging/service.js';
import { createJudgeClient } from './judge/client.js';
import { createLogger } from './lib/logger.js';
import { onShutdown } from './lib/shutdown.js';
import { createSupabase } from './lib/supabase.js';

const config = readConfigOrExit();
const logger = createLogger('grader', config.logLevel);

if (!config.judge) {
  logger.warn('JUDGE0_API_URL is not set: judging is switched off');
  const idle = setInterval(() => undefined, 60_000);
  onShutdown(logger, 1000, () => Promise.resolve(clearInterval(idle)));
} else {
  const judge = createJudgeClient(config.judge);
  const repository = createJudgingRepository(createSupabase(config.supabase).service);
  const grader = createGrader({
    repository,
    judging: createJudgingService({ repository, judge }),
    probe: () => judge.about(),
    worker: `${hostname()}:${process.pid}`,
    concurrency: config.grader.concurrency,
    leaseSeconds: config.grader.leaseSeconds,
    logger,
  });
  grader.start();
  logger.info({ concurrency: config.grader.concurrency }, 'judging');
  onShutdown(logger, 10_000, () => grader.stop());
}
