import type { ProgressFeed } from './progress-feed.js';
import type { ProgressSnapshot } from './repository.js';
import type { SubmissionDetail, SubmissionEvent } from './schema.js';

const isFinal = ({ status }: { status: string }): boolean =>
  status === 'finished' || status === 'judge_failed' || status === 'stopped';

/** Wakes a reader with the newest snapshot; those that it was too slow for are passed over. */
const newest = (feed: ProgressFeed, id: string, signal: AbortSignal) => {
  let waiting: (() => void) | undefined;
  let fresh: ProgressSnapshot | null | undefined;
  const unsubscribe = feed.subscribe(id, (snapshot) => {
    fresh = snapshot;
    waiting?.();
  });
  signal.addEventListener('abort', () => waiting?.(), { once: true });
  return {
    /** Null when it is over: the reader left, or the submission was deleted. */
    next: async (): Promise<ProgressSnapshot | null> => {
      if (fresh === undefined && !signal.aborted) await new Promise<void>((resolve) => (waiting = resolve));
      const snapshot = fresh;
      fresh = undefined;
      return signal.aborted || !snapshot ? null : snapshot;
    },
    stop: unsubscribe,
  };
};

/**
 * The life of one submission as events, from its present state to its end: queued (again on each new position),
 * running, one `test` per result in order of landing, finished. `read` is the viewer's own reading of it,
 * null when it is not there any more.
 */
export async function* submissionEvents(options: {
  id: string;
  feed: ProgressFeed;
  read: () => Promise<SubmissionDetail | null>;
  signal: AbortSignal;
}): AsyncGenerator<SubmissionEvent> {
  const news = newest(options.feed, options.id, options.signal);
  const told = new Set<number>();
  let running = false;
  let read: { revision: number; retryAt: string | null } | undefined;
  try {
    for (;;) {
      const snapshot = await news.next();
      if (!snapshot) return;
      if (snapshot.status === 'queued') {
        running = false;
        // A new place in the queue is no new revision: a whole class that waits must not read a row for each step.
        if (read?.revision !== snapshot.revision) {
          const waiting = await options.read();
          if (!waiting) return;
          read = { revision: snapshot.revision, retryAt: waiting.retryAt };
        }
        yield {
          event: 'queued',
          data: {
            position: snapshot.queue_position,
            expectedSeconds: snapshot.expected_seconds,
            retryAt: read.retryAt,
          },
        };
        continue;
      }
      const submission = await options.read();
      if (!submission) return;
      if (!running && !isFinal(submission)) {
        running = true;
        yield { event: 'running', data: { testsTotal: submission.testsTotal } };
      }
      for (const result of submission.results) {
        if (told.has(result.index)) continue;
        told.add(result.index);
        yield { event: 'test', data: result };
      }
      if (isFinal(submission)) {
        yield { event: 'finished', data: submission };
        return;
      }
    }
  } finally {
    news.stop();
  }
}
