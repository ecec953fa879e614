import type { Caller } from '../../lib/caller.js';
import type { LanguageCatalog } from '../../judge/catalog.js';
import { languageOf, limitsFor } from '../../judge/languages.js';
import { AppError, found } from '../../lib/app-error.js';
import { optionalIsoTime, type Supabase } from '../../lib/supabase.js';
import { maxSourceBytes } from '../submissions/schema.js';
import { problemSummaryOf, progressByProblem, type Progress } from './progress.js';
import { selectOptionalProblem, selectProblems, selectProgress, type ProblemRow } from './repository.js';
import type { ProblemDetail, ProblemLanguage, ProblemSummary } from './schema.js';

/** A problem in its place, with the caller's own state on it. */
export interface ListedProblem {
  courseId: string;
  lessonId: string | null;
  /** ISO time of the caller's last submission. */
  lastSubmittedAt: string | null;
  summary: ProblemSummary;
}

export type ProblemSample = ProblemRow['samples'][number];

/** Problems as learners see them. */
export const createProblemService = ({
  supabase,
  catalog,
}: {
  supabase: Supabase;
  catalog: LanguageCatalog;
}) => {
  const load = async (caller: Caller, slug: string): Promise<ProblemRow> =>
    found(await selectOptionalProblem(supabase.forUser(caller.accessToken), slug), 'problem');

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
        timeLimitMs: limitsFor(
          { timeLimitMs: problem.time_limit_ms, memoryLimitKb: problem.memory_limit_kb },
          id,
        ).cpuMs,
      };
    });
  };

  const progressOf = async (caller: Caller): Promise<Progress> =>
    progressByProblem(await selectProgress(supabase.forUser(caller.accessToken), caller.id));

  return {
    /** The problems that the caller may see, of all courses or of one, in the author's order. */
    listed: async (caller: Caller, courseSlug?: string): Promise<ListedProblem[]> => {
      const [rows, progress] = await Promise.all([
        selectProblems(supabase.forUser(caller.accessToken), courseSlug),
        progressOf(caller),
      ]);
      return rows.map((row) => ({
        courseId: row.course_id,
        lessonId: row.lesson_id,
        lastSubmittedAt: optionalIsoTime(progress.get(row.id)?.last_submitted_at ?? null),
        summary: problemSummaryOf(row, progress),
      }));
    },

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
