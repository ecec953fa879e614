import type { ProgressSnapshot } from './repository.js';

type Listener = (snapshot: ProgressSnapshot) => void;

export interface ProgressFeed {
  /** Calls back with the state of the submission now and on each change of it; returns the way to stop. */
  subscribe(id: string, listener: Listener): () => void;
}

const differs = (a: ProgressSnapshot | undefined, b: ProgressSnapshot): boolean =>
  a?.revision !== b.revision || a.queue_position !== b.queue_position || a.status !== b.status;

/**
 * Polls the database for all submissions that somebody watches: one query per interval however many viewers there
 * are, and none without viewers. A failed poll is skipped; the next one has all the news.
 */
export const createProgressFeed = (options: {
  load: (ids: string[]) => Promise<ProgressSnapshot[]>;
  intervalMs: number;
  onError: (error: unknown) => void;
}): ProgressFeed => {
  const listeners = new Map<string, Set<Listener>>();
  const last = new Map<string, ProgressSnapshot>();
  let timer: NodeJS.Timeout | undefined;

  const poll = async (): Promise<void> => {
    try {
      for (const snapshot of await options.load([...listeners.keys()])) {
        if (!listeners.has(snapshot.id) || !differs(last.get(snapshot.id), snapshot)) continue;
        last.set(snapshot.id, snapshot);
        listeners.get(snapshot.id)?.forEach((listener) => listener(snapshot));
      }
    } catch (error) {
      options.onError(error);
    }
    schedule(options.intervalMs);
  };

  const schedule = (delayMs: number): void => {
    timer = listeners.size === 0 ? undefined : setTimeout(() => void poll(), delayMs);
  };

  return {
    subscribe(id, listener) {
      const known = last.get(id);
      const own = listeners.get(id) ?? new Set();
      listeners.set(id, own.add(listener));
      if (known) listener(known);
      if (!timer) schedule(0);
      return () => {
        own.delete(listener);
        if (own.size > 0) return;
        listeners.delete(id);
        last.delete(id);
      };
    },
  };
};
