import { setTimeout as sleep } from 'node:timers/promises';
import { JudgeUnavailableError } from '../../../judge/client.js';
import type { Logger } from '../../../lib/logger.js';
import type { Metrics } from '../../../lib/metrics.js';
import { inRequest } from '../../../lib/request-scope.js';
import { languageLabel, measureVerdict } from './measure-verdict.js';
import type { Claim, JudgingRepository } from './repository.js';
import { JudgeFailedError, LeaseLostError, type JudgingService } from './service.js';

const idlePollMs = 300;
const maxAttempts = 6;
const firstRetrySeconds = 2;
const slowestRetrySeconds = 300;
const slowestPauseMs = 30_000;
const stopGraceMs = 8000;
// Longer than the slowest pause and a call of the database that times out.
const stuckMs = 90_000;

/** Seconds until the next attempt after `attempts` failed ones: 2, 4, 8 … 300; null when it is given up. */
export const retryDelaySeconds = (attempts: number): number | null =>
  attempts >= maxAttempts ? null : Math.min(firstRetrySeconds * 2 ** (attempts - 1), slowestRetrySeconds);

export interface Grader {
  start(): void;
  /** Claims no more, lets what runs end for 8 s, then gives the rest back to the queue. */
  stop(): Promise<void>;
  /** Whether the loop still comes round; it does while the judge is away, too. */
  isTurning(): boolean;
}

/**
 * The loop that claims due submissions and judges up to `concurrency` of them at a time. While the judge is away it
 * claims nothing and looks again after 1, 2, 4 … 30 s; no attempt is counted for that.
 */
export const createGrader = (options: {
  repository: JudgingRepository;
  judging: JudgingService;
  probe: () => Promise<void>;
  worker: string;
  concurrency: number;
  leaseSeconds: number;
  logger: Logger;
  metrics: Metrics;
}): Grader => {
  const { repository, judging, logger, metrics, leaseSeconds } = options;
  // By lease.
  const held = new Map<string, { submissionId: string; end: AbortController; work: Promise<void> }>();
  const stopped = new AbortController();
  const cut = new AbortController();
  let pauseMs = 0;
  let turnedAt = performance.now();
  let loop: Promise<void> | undefined;
  let renewal: NodeJS.Timeout | undefined;

  const release = (claim: Claim, reason: string, delay: number | null, counted: boolean) =>
    repository.release(claim.lease_token, reason, delay, counted).catch((error: unknown) => {
      logger.warn({ err: error, submissionId: claim.id }, 'not released; its lease will run out');
    });

  const handleFailure = async (claim: Claim, error: unknown, isLost: boolean): Promise<void> => {
    const log = logger.child({
      submissionId: claim.id,
      requestId: claim.request_id,
      attempts: claim.attempts,
    });
    if (error instanceof LeaseLostError || isLost) {
      log.info('lease lost: it was stopped, or another grader has it');
    } else if (cut.signal.aborted) {
      await release(claim, 'the grader was stopped', 0, false);
    } else if (error instanceof JudgeUnavailableError) {
      pauseMs = Math.min(Math.max(pauseMs * 2, 1000), slowestPauseMs);
      log.warn({ err: error, pauseMs }, 'the judge is away');
      metrics.judgeRetries.inc({ reason: 'away' });
      await release(claim, error.message, Math.ceil(pauseMs / 1000), false);
    } else {
      const delay = retryDelaySeconds(claim.attempts);
      const known = error instanceof JudgeFailedError;
      log[known ? 'warn' : 'error']({ err: error, retryInSeconds: delay }, 'judging failed');
      if (delay !== null) metrics.judgeRetries.inc({ reason: 'failed' });
      else metrics.verdicts.inc({ language: languageLabel(claim.language_id), verdict: 'judge_failed' });
      await release(claim, known ? error.message : 'internal', delay, true);
    }
  };

  const work = async (claim: Claim, lost: AbortSignal): Promise<void> => {
    const started = performance.now();
    try {
      if (claim.attempts > maxAttempts) throw new JudgeFailedError('graders died over it');
      const { verdict, storeSeconds } = await judging.judge(claim, AbortSignal.any([cut.signal, lost]));
      pauseMs = 0;
      const seconds = (performance.now() - started) / 1000;
      measureVerdict(metrics, claim, { verdict, seconds, storeSeconds });
      logger.info(
        {
          submissionId: claim.id,
          requestId: claim.request_id,
          languageId: claim.language_id,
          verdict,
          durationMs: Math.round(seconds * 1000),
        },
        'judged',
      );
    } catch (error) {
      await handleFailure(claim, error, lost.aborted);
    } finally {
      held.delete(claim.lease_token);
    }
  };

  const idle = (ms: number): Promise<unknown> =>
    sleep(ms, undefined, { signal: stopped.signal }).catch(() => undefined);

  const judgeAnswers = async (): Promise<boolean> => {
    if (pauseMs === 0) return true;
    await idle(pauseMs);
    try {
      await options.probe();
      return true;
    } catch {
      pauseMs = Math.min(pauseMs * 2, slowestPauseMs);
      return false;
    }
  };

  const works = (): Promise<void>[] => [...held.values()].map((one) => one.work);

  const claimMore = async (): Promise<void> => {
    const free = options.concurrency - held.size;
    if (free <= 0) {
      await Promise.race([...works(), idle(idlePollMs)]);
      return;
    }
    const claims = await repository.claim(options.worker, free, leaseSeconds);
    for (const claim of claims) {
      const end = new AbortController();
      const judged = inRequest(claim.request_id ?? undefined, () => work(claim, end.signal));
      held.set(claim.lease_token, { submissionId: claim.id, end, work: judged });
    }
    if (claims.length === 0) await Promise.race([idle(idlePollMs), ...works()]);
  };

  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      turnedAt = performance.now();
      try {
        if (await judgeAnswers()) await claimMore();
      } catch (error) {
        logger.warn({ err: error }, 'the queue cannot be read');
        await idle(1000);
      }
    }
  };

  const renew = (): void => {
    if (held.size === 0) return;
    const asked = [...held];
    repository.renew([...held.keys()], leaseSeconds).then(
      (kept) => {
        // Our engine has cancelled what was stopped; this is for an official Judge0, which cannot.
        for (const [, { submissionId, end }] of asked) if (!kept.includes(submissionId)) end.abort();
      },
      (error: unknown) => logger.warn({ err: error }, 'leases not renewed'),
    );
  };

  return {
    isTurning: () => performance.now() - turnedAt < stuckMs,
    start: () => {
      loop = run();
      renewal = setInterval(renew, (leaseSeconds * 1000) / 3);
    },
    stop: async () => {
      stopped.abort();
      await loop;
      const cutOff = setTimeout(() => cut.abort(), stopGraceMs);
      await Promise.allSettled(works());
      clearTimeout(cutOff);
      clearInterval(renewal);
    },
  };
};
