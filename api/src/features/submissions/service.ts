import type { Cache } from '../../cache/cache.js';
import { CacheKeys } from '../../cache/keys.js';
import { CacheTTL } from '../../cache/ttl.js';
import type { JudgeClient } from '../../judge/client.js';
import { found } from '../../lib/app-error.js';
import type { Caller } from '../../lib/caller.js';
import type { Supabase } from '../../lib/supabase.js';
import type { ProblemService } from '../problems/service.js';
import { submissionEvents } from './events.js';
import type { ProgressFeed } from './progress-feed.js';
import {
  insertSubmission,
  selectOptionalSubmission,
  selectSubmissions,
  stopSubmission,
} from './repository.js';
import type {
  SubmissionDetail,
  SubmissionEvent,
  SubmissionList,
  SubmissionRequest,
  SubmissionSummary,
} from './schema.js';

const recentCount = 5;

const isFinal = ({ status }: SubmissionSummary): boolean =>
  status === 'finished' || status === 'judge_failed' || status === 'stopped';

/** Submissions: stored first, judged by the grader, read by their author and the course's staff. */
export const createSubmissionService = ({
  supabase,
  cache,
  problems,
  feed,
  judge,
}: {
  supabase: Supabase;
  cache: Cache;
  problems: ProblemService;
  feed: ProgressFeed;
  judge: Pick<JudgeClient, 'cancel'> | null;
}) => {
  const readOptional = async (caller: Caller, id: string): Promise<SubmissionDetail | null> =>
    (await selectOptionalSubmission(supabase.forUser(caller.accessToken), id))?.submission ?? null;
  const read = async (caller: Caller, id: string): Promise<SubmissionDetail> =>
    found(await readOptional(caller, id), 'submission');

  return {
    read,

    /** Returns the id once the row is stored. Throws language_not_allowed, judge_disabled, not_found, no_tests. */
    submit: async (caller: Caller, request: SubmissionRequest): Promise<string> => {
      const problem = await problems.load(caller, request.problemSlug);
      await problems.requireRunnable(problem, request.languageId);
      const id = await insertSubmission(supabase.forUser(caller.accessToken), {
        problemId: problem.id,
        languageId: request.languageId,
        sourceCode: request.sourceCode,
        requestId: caller.requestId,
      });
      await cache.invalidateCache(
        CacheKeys.progress(caller.organizationId, caller.id),
        CacheKeys.recent(caller.organizationId, caller.id),
      );
      return id;
    },

    /** The caller's latest few. Not kept while a verdict is awaited: the grader, which writes it, knows no cache. */
    recent: async (caller: Caller): Promise<SubmissionSummary[]> => {
      const progress = await problems.progressOf(caller);
      if (progress.size === 0) return [];
      return cache.getCached(
        CacheKeys.recent(caller.organizationId, caller.id),
        () =>
          selectSubmissions(supabase.forUser(caller.accessToken), { userId: caller.id, limit: recentCount }),
        CacheTTL.short,
        // None, though there is progress, is what a session sees that has ended.
        (submissions) => submissions.length > 0 && submissions.every(isFinal),
      );
    },

    list: async (
      caller: Caller,
      filter: { problemSlug?: string | undefined; before?: string | undefined; limit: number },
    ): Promise<SubmissionList> => {
      const client = supabase.forUser(caller.accessToken);
      // One more than asked for tells whether there is a next page.
      const rows = await selectSubmissions(client, { ...filter, userId: caller.id, limit: filter.limit + 1 });
      const submissions = rows.slice(0, filter.limit);
      const last = rows.length > filter.limit ? submissions.at(-1) : undefined;
      return { submissions, nextBefore: last ? `${last.createdAt}_${last.id}` : null };
    },

    /**
     * Ends it at once, where it waits and where it runs; one that has its verdict keeps it. Returns it as it is then.
     * Throws not_found.
     */
    stop: async (caller: Caller, id: string): Promise<SubmissionDetail> => {
      const { running } = await stopSubmission(supabase.forUser(caller.accessToken), id);
      // It is stopped already: a judge that cannot be reached only goes on to its limits.
      if (running) await judge?.cancel(running).catch(() => undefined);
      return read(caller, id);
    },

    /** Checks that the caller may see it, then streams its life until it ends or the signal aborts. */
    events: async (
      caller: Caller,
      id: string,
      signal: AbortSignal,
    ): Promise<AsyncGenerator<SubmissionEvent>> => {
      await read(caller, id);
      return submissionEvents({ id, feed, read: () => readOptional(caller, id), signal });
    },
  };
};

export type SubmissionService = ReturnType<typeof createSubmissionService>;
