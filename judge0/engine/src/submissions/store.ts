import type { Submission } from './submission.js';

/** Submissions of this engine's life; a restart forgets them all, and pollers then get 404. */
export interface SubmissionStore {
  add: (submission: Submission) => void;
  find: (token: string) => Submission | null;
  /** Counts a finished submission, so that the oldest ones go when there are too many. */
  finished: (submission: Submission) => void;
  remove: (token: string) => void;
  /** Newest first. */
  list: () => Submission[];
  count: () => number;
}

export interface StoreLimits {
  count: number;
  bytes: number;
  ageMs: number;
}

/** A store that keeps finished submissions within these bounds; unfinished ones are bounded by the queue. */
export function createSubmissionStore(limits: StoreLimits, now: () => number = Date.now): SubmissionStore {
  const all = new Map<string, Submission>();
  const done = new Map<string, number>();
  let bytes = 0;

  const remove = (token: string) => {
    all.delete(token);
    bytes -= done.get(token) ?? 0;
    done.delete(token);
  };
  const isOld = (token: string) => {
    const finishedAt = all.get(token)?.finishedAt?.getTime() ?? 0;
    return now() - finishedAt > limits.ageMs;
  };
  const shrink = () => {
    for (const token of done.keys()) {
      if (done.size <= limits.count && bytes <= limits.bytes && !isOld(token)) return;
      remove(token);
    }
  };

  return {
    add: (submission) => all.set(submission.token, submission),
    find: (token) => all.get(token) ?? null,
    finished: (submission) => {
      const size = sizeOf(submission);
      done.set(submission.token, size);
      bytes += size;
      shrink();
    },
    remove,
    list: () => [...all.values()].reverse(),
    count: () => all.size,
  };
}

function sizeOf({ request, result }: Submission): number {
  const buffers = [
    request.sourceCode,
    request.stdin,
    request.expectedOutput,
    request.additionalFiles,
    result.stdout,
    result.stderr,
    result.compileOutput,
  ];
  return buffers.reduce((sum, buffer) => sum + (buffer?.length ?? 0), 1024);
}
