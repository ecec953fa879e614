import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Settings } from '../config.js';
import type { Judge } from '../execution/judge.js';
import type { Asking } from '../execution/slots.js';
import { SandboxError } from '../sandbox/types.js';
import { createGroups } from './groups.js';
import { STATUS } from './status.js';
import type { SubmissionStore } from './store.js';
import { type Submission, type SubmissionRequest, type SubmissionResult, emptyResult } from './submission.js';

export interface SubmissionService {
  isQueueFull: () => boolean;
  /** Queues a checked request; the submission changes as it proceeds. */
  submit: (request: SubmissionRequest) => Submission;
  /** Resolves when the submission has its verdict. */
  finished: (submission: Submission) => Promise<void>;
  queue: () => { waiting: number; processing: number; failed: number; oldestMs: number };
  /**
   * Ends what of the group waits or runs, and what of it comes within the next minutes; returns how many it ended. They
   * finish with status 13, message and limit_hint "cancelled".
   */
  cancel: (group: string) => number;
  /** Takes nothing more; resolves when nothing waits or runs, or after `timeoutMs`. */
  drain: (timeoutMs: number) => Promise<void>;
}

export interface SubmissionServiceDeps {
  settings: Settings;
  store: SubmissionStore;
  judge: Judge;
  log: Logger;
  /** Told of every verdict, for metrics and callbacks. */
  onFinished: (submission: Submission) => void;
}

/** Takes submissions to their verdicts in the order they came. */
export function createSubmissionService(deps: SubmissionServiceDeps): SubmissionService {
  const { store, judge, log } = deps;
  const jobs = new Map<string, Promise<void>>();
  const waiting = new Map<string, Submission>();
  const groups = createGroups();
  let failed = 0;
  let draining = false;
  let order = 0;

  const work = async (submission: Submission, place: number) => {
    const { signal, leave } = groups.join(submission.request.group);
    const onStart = () => {
      // A compile that others wait for goes on after this submission was cancelled.
      if (signal.aborted) return;
      waiting.delete(submission.token);
      submission.result.statusId = STATUS.processing;
    };
    const asking = { order: place, lane: submission.request.lane, signal };
    submission.result = await judgeSafely(judge, submission, asking, onStart, log);
    leave();
    waiting.delete(submission.token);
    if (isFailure(submission.result)) failed++;
    submission.finishedAt = new Date();
    store.finished(submission);
    jobs.delete(submission.token);
    deps.onFinished(submission);
  };

  return {
    isQueueFull: () => draining || waiting.size >= deps.settings.MAX_QUEUE_SIZE,
    submit: (request) => {
      const submission: Submission = {
        token: randomUUID(),
        request,
        result: emptyResult(STATUS.inQueue),
        createdAt: new Date(),
        finishedAt: null,
      };
      store.add(submission);
      waiting.set(submission.token, submission);
      jobs.set(submission.token, work(submission, order++));
      return submission;
    },
    cancel: groups.cancel,
    finished: async (submission) => jobs.get(submission.token),
    queue: () => {
      const oldest = waiting.values().next().value;
      const oldestMs = oldest ? Date.now() - oldest.createdAt.getTime() : 0;
      return { waiting: waiting.size, processing: jobs.size - waiting.size, failed, oldestMs };
    },
    drain: async (timeoutMs) => {
      draining = true;
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
      await Promise.race([Promise.all(jobs.values()), patience]);
      clearTimeout(timer);
    },
  };
}

/** Whether the engine itself failed. */
export function isFailure({ statusId, limitHint }: SubmissionResult): boolean {
  return statusId === STATUS.internalError && limitHint !== 'cancelled';
}

/** A failure of the engine is tried once more, then it is status 13 and never the learner's. */
async function judgeSafely(
  judge: Judge,
  submission: Submission,
  asking: Asking & { signal: AbortSignal },
  onStart: () => void,
  log: Logger,
): Promise<SubmissionResult> {
  const { token } = submission;
  const { signal } = asking;
  const cancelled = new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  cancelled.catch(() => undefined);
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await Promise.race([judge.judge(submission, asking, onStart), cancelled]);
      return signal.aborted ? cancelledResult() : result;
    } catch (error) {
      if (signal.aborted) return cancelledResult();
      log.error(
        { err: error, token, attempt, languageId: submission.request.languageId },
        'the engine failed',
      );
      if (attempt === 2 || !(error instanceof SandboxError)) {
        return { ...emptyResult(STATUS.internalError), message: 'The engine could not run this submission.' };
      }
    }
  }
}

function cancelledResult(): SubmissionResult {
  return { ...emptyResult(STATUS.internalError), message: 'Cancelled', limitHint: 'cancelled' };
}
