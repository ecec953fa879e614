import type { Cache } from '../../cache/cache.js';
import { CacheKeys } from '../../cache/keys.js';
import { CacheTTL } from '../../cache/ttl.js';
import type { Caller } from '../../lib/caller.js';
import type { LanguageCatalog } from '../../judge/catalog.js';
import { languageOf, limitsFor, type Limits } from '../../judge/languages.js';
import { AppError, found } from '../../lib/app-error.js';
import type { Supabase } from '../../lib/supabase.js';
import type { EnrolmentService } from '../enrolments/service.js';
import { maxSourceBytes } from '../submissions/schema.js';
import { problemSummaryOf, progressByProblem, type Progress } from './progress.js';
import {
  hasUnfinishedSubmissions,
  selectOptionalProblem,
  selectProgress,
  type ProblemRow,
} from './repository.js';
import type { ProblemDetail, ProblemLanguage } from './schema.js';

export type RunnableProblem = ProblemRow;

/** What a program in this language may use on a problem. */
export const limitsOf = (
  problem: Pick<ProblemRow, 'time_limit_ms' | 'memory_limit_kb' | 'wait_limit_ms'>,
  languageId: number,
): Limits =>
  limitsFor(
    {
      timeLimitMs: problem.time_limit_ms,
      memoryLimitKb: problem.memory_limit_kb,
      waitLimitMs: problem.wait_limit_ms,
    },
    languageId,
  );

/** Problems as learners see them. */
export const createProblemService = ({
  supabase,
  cache,
  enrolments,
  catalog,
}: {
  supabase: Supabase;
  cache: Cache;
  enrolments: EnrolmentService;
  catalog: LanguageCatalog;
}) => {
  const load = async (caller: Caller, slug: string): Promise<ProblemRow> => {
    const { organizationId } = caller;
    const select = () => selectOptionalProblem(supabase.forUser(caller.accessToken), slug);
    const [row, open] = await Promise.all([
      cache.getCached(
        CacheKeys.problem(organizationId, slug),
        select,
        CacheTTL.medium,
        // Somebody who was moved to another organization just now finds the problems of that one.
        (problem) => problem?.organization_id === organizationId,
      ),
      enrolments.openCourses(caller),
    ]);
    if (row && open.some(({ id }) => id === row.course.id)) return row;
    // Not open as far as is known: row-level security has the last word, for whoever was just let in.
    return found(row && (await select()), 'problem');
  };

  const languagesOf = async (problem: ProblemRow): Promise<ProblemLanguage[]> => {
    const installed = await catalog.installed();
    return problem.language_ids.map((id) => {
      const { name, editorMode } = languageOf(id);
      return {
        id,
        name,
        version: installed?.get(id) ?? null,
        available: installed === null || installed.has(id),
        editorMode,
        starterCode: problem.starter_code[String(id)] ?? '',
        timeLimitMs: limitsOf(problem, id).cpuMs,
      };
    });
  };

  const loadProgress = async ({ accessToken, id }: Caller) => {
    const client = supabase.forUser(accessToken);
    // In this order: a verdict that comes between the two is still awaited by the first.
    const settled = !(await hasUnfinishedSubmissions(client, id));
    return { settled, rows: await selectProgress(client, id) };
  };

  /** Not kept while a verdict is awaited: the grader, which writes it, knows no cache. */
  const progressOf = async (caller: Caller): Promise<Progress> => {
    const { rows } = await cache.getCached(
      CacheKeys.progress(caller.organizationId, caller.id),
      () => loadProgress(caller),
      CacheTTL.short,
      ({ settled }) => settled,
    );
    return progressByProblem(rows);
  };

  return {
    /** The caller's own state on every problem that they tried. */
    progressOf,

    /** The row of a problem that the caller may see. Throws not_found. */
    load,

    /** Refuses code that cannot be judged here, before anything is stored or run. */
    requireRunnable: async (problem: Pick<ProblemRow, 'language_ids'>, languageId: number): Promise<void> => {
      if (!catalog.enabled) {
        throw new AppError('judge_disabled', 'This server has no judge. Your code is kept as a draft.');
      }
      const { name } = languageOf(languageId);
      if (!problem.language_ids.includes(languageId)) {
        throw new AppError('language_not_allowed', `${name} is not allowed for this problem.`);
      }
      const installed = await catalog.installed();
      if (installed && !installed.has(languageId)) {
        throw new AppError('language_not_allowed', `${name} is not installed on this server.`);
      }
    },

    detail: async (caller: Caller, slug: string): Promise<ProblemDetail> => {
      const [problem, progress] = await Promise.all([load(caller, slug), progressOf(caller)]);
      const { state, bestScore } = problemSummaryOf(problem, progress);
      return {
        slug: problem.slug,
        title: problem.title,
        statement: problem.statement,
        difficulty: problem.difficulty,
        points: problem.points,
        timeLimitMs: problem.time_limit_ms,
        memoryLimitKb: problem.memory_limit_kb,
        maxSourceBytes,
        judge: catalog.enabled ? 'ready' : 'disabled',
        languages: await languagesOf(problem),
        samples: problem.samples.map(({ position, stdin, expected_output }) => ({
          index: position,
          input: stdin,
          expected: expected_output,
        })),
        course: problem.course,
        lesson: problem.lesson && { slug: problem.lesson.slug, title: problem.lesson.title },
        state,
        bestScore,
        siblings: (problem.lesson?.problems ?? []).map((row) => problemSummaryOf(row, progress)),
      };
    },
  };
};

export type ProblemService = ReturnType<typeof createProblemService>;
