import type { Cache } from '../../cache/cache.js';
import { CacheKeys } from '../../cache/keys.js';
import { CacheTTL } from '../../cache/ttl.js';
import { AppError, found } from '../../lib/app-error.js';
import type { Caller } from '../../lib/caller.js';
import { optionalIsoTime, type Supabase } from '../../lib/supabase.js';
import type { EnrolmentService, OpenCourse } from '../enrolments/service.js';
import { problemSummaryOf, type Progress } from '../problems/progress.js';
import type { ProblemService } from '../problems/service.js';
import { runsCourse } from './policy.js';
import { selectOutlines, type CourseOutline } from './repository.js';
import type { CourseDetail, CourseSummary, ProblemChoices } from './schema.js';

const detailOf = (
  outline: CourseOutline,
  { enrolmentCode }: OpenCourse,
  caller: Caller,
  progress: Progress,
): CourseDetail => {
  const staff = runsCourse(caller, outline);
  const problems = outline.problems.map((row) => ({
    lessonId: row.lesson_id,
    summary: problemSummaryOf(row, progress),
  }));
  const problemsOf = (id: string | null) =>
    problems.filter(({ lessonId }) => lessonId === id).map(({ summary }) => summary);
  return {
    slug: outline.slug,
    title: outline.title,
    summary: outline.summary,
    instructorName: outline.instructor?.full_name ?? '',
    relation: staff ? 'staff' : 'learner',
    published: outline.published,
    problemsTotal: problems.length,
    problemsSolved: problems.filter(({ summary }) => summary.state === 'solved').length,
    enrolmentCode: staff ? enrolmentCode : null,
    lessons: outline.lessons.map(({ id, slug, title, position }) => ({
      slug,
      title,
      position,
      problems: problemsOf(id),
    })),
    otherProblems: problemsOf(null),
  };
};

const lastSubmittedTo = ({ problems }: CourseOutline, progress: Progress): string =>
  problems
    .map(({ id }) => optionalIsoTime(progress.get(id)?.last_submitted_at ?? null) ?? '')
    .reduce((latest, time) => (time > latest ? time : latest), '');

/** Courses as their learners and staff see them. */
export const createCourseService = ({
  supabase,
  cache,
  enrolments,
  problems,
}: {
  supabase: Supabase;
  cache: Cache;
  enrolments: EnrolmentService;
  problems: ProblemService;
}) => {
  /** Of courses that are open to the caller; one that is gone by now is left out. */
  const outlinesOf = async (caller: Caller, open: OpenCourse[]) => {
    const outlines = await cache.getCachedMany(
      open.map(({ id }) => id),
      (id) => CacheKeys.outline(caller.organizationId, id),
      async (missing) => {
        const rows = await selectOutlines(supabase.forUser(caller.accessToken), missing);
        return new Map(rows.map((row) => [row.id, row]));
      },
      CacheTTL.medium,
    );
    return open.flatMap((course) => {
      const outline = outlines.get(course.id);
      return outline ? [{ course, outline }] : [];
    });
  };

  const load = async (caller: Caller) => {
    const [listed, progress] = await Promise.all([
      enrolments.openCourses(caller).then((open) => outlinesOf(caller, open)),
      problems.progressOf(caller),
    ]);
    return listed.map(({ course, outline }) => ({
      detail: detailOf(outline, course, caller, progress),
      lastSubmittedAt: lastSubmittedTo(outline, progress),
    }));
  };

  const optionalOutline = async (caller: Caller, slug: string) => {
    const course = await enrolments.optionalOpenCourse(caller, slug);
    const [found] = course ? await outlinesOf(caller, [course]) : [];
    return found ?? null;
  };

  return {
    list: async (caller: Caller): Promise<CourseSummary[]> =>
      (await load(caller)).map(({ detail }) => detail),

    /** All courses in detail, those in which the caller submitted last first. */
    lastWorkedFirst: async (caller: Caller): Promise<CourseDetail[]> =>
      (await load(caller))
        .sort((a, b) => b.lastSubmittedAt.localeCompare(a.lastSubmittedAt))
        .map(({ detail }) => detail),

    /** What all members of an open course share, or null when it is not open to the caller. */
    optionalOutline: async (caller: Caller, slug: string): Promise<CourseOutline | null> =>
      (await optionalOutline(caller, slug))?.outline ?? null,

    /** A course that the caller runs. Throws not_found when it is not open to them, forbidden for its learners. */
    requireRun: async (caller: Caller, slug: string): Promise<{ id: string; slug: string }> => {
      const { outline } = found(await optionalOutline(caller, slug), 'course');
      if (runsCourse(caller, outline)) return outline;
      throw new AppError('forbidden', 'Only the instructor of the course and administrators may see this.');
    },

    detail: async (caller: Caller, slug: string): Promise<CourseDetail> => {
      const [open, progress] = await Promise.all([
        optionalOutline(caller, slug),
        problems.progressOf(caller),
      ]);
      const { course, outline } = found(open, 'course');
      return detailOf(outline, course, caller, progress);
    },

    /** The problems of all open courses by name. */
    problemChoices: async (caller: Caller): Promise<ProblemChoices[]> => {
      const listed = await outlinesOf(caller, await enrolments.openCourses(caller));
      return listed.map(({ outline: { slug, title, lessons, problems: all } }) => {
        const of = (lessonId: string | null) => all.filter(({ lesson_id }) => lesson_id === lessonId);
        const ordered = [...lessons.map(({ id }) => id), null].flatMap(of);
        return { slug, title, problems: ordered.map((one) => ({ slug: one.slug, title: one.title })) };
      });
    },
  };
};

export type CourseService = ReturnType<typeof createCourseService>;
