import type { ProgressSnapshot } from './repository.js';

/** Gets null when there is no such submission any more. */
type Listener = (snapshot: ProgressSnapshot | null) => void;

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

  const tell = (id: string, snapshot: ProgressSnapshot | undefined): void => {
    const watching = listeners.get(id);
    if (!watching) return;
    if (!snapshot) {
      watching.forEach((listener) => listener(null));
    } else if (differs(last.get(id), snapshot)) {
      last.set(id, snapshot);
      watching.forEach((listener) => listener(snapshot));
    }
  };

  const poll = async (): Promise<void> => {
    const ids = [...listeners.keys()];
    try {
      const snapshots = ids.length > 0 ? await options.load(ids) : [];
      const byId = new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));
      ids.forEach((id) => tell(id, byId.get(id)));
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
        // Whoever stops twice must not stop those who came in between.
        if (own.size > 0 || listeners.get(id) !== own) return;
        listeners.delete(id);
        last.delete(id);
      };
    },
  };
};
