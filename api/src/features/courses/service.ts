import { type Caller, found } from '../../http/endpoint.js';
import type { Supabase } from '../../lib/supabase.js';
import type { Me } from '../auth/schema.js';
import type { AuthService } from '../auth/service.js';
import { inOrder, problemSummaryOf, type Progress } from '../problems/progress.js';
import type { ProblemService } from '../problems/service.js';
import { runsCourse } from './policy.js';
import { selectCourses, selectOptionalCourse, type CourseRow } from './repository.js';
import type { CourseDetail, CourseSummary } from './schema.js';

const summaryOf = (course: CourseRow, user: Me, progress: Progress): CourseSummary => ({
  slug: course.slug,
  title: course.title,
  summary: course.summary,
  instructorName: course.instructor?.full_name ?? '',
  relation: runsCourse(user, course) ? 'staff' : 'learner',
  published: course.published,
  problemsTotal: course.problems.length,
  problemsSolved: course.problems.filter(({ id }) => progress.get(id)?.solved).length,
});

const detailOf = (course: CourseRow, user: Me, progress: Progress): CourseDetail => {
  const problemsOf = (lessonId: string | null) =>
    inOrder(course.problems.filter((problem) => problem.lesson_id === lessonId)).map((problem) =>
      problemSummaryOf(problem, progress),
    );
  return {
    ...summaryOf(course, user, progress),
    enrolmentCode: runsCourse(user, course) ? course.enrolment_code : null,
    lessons: inOrder(course.lessons).map(({ id, slug, title, position }) => ({
      slug,
      title,
      position,
      problems: problemsOf(id),
    })),
    otherProblems: problemsOf(null),
  };
};

/** Courses as their learners and staff see them. */
export const createCourseService = ({
  supabase,
  auth,
  problems,
}: {
  supabase: Supabase;
  auth: AuthService;
  problems: ProblemService;
}) => {
  const load = async (caller: Caller) => {
    const client = supabase.forUser(caller.accessToken);
    const [user, courses, progress] = await Promise.all([
      auth.profileOf(caller),
      selectCourses(client),
      problems.progressOf(caller),
    ]);
    return { courses: courses.map((course) => detailOf(course, user, progress)), progress, rows: courses };
  };

  return {
    list: async (caller: Caller): Promise<CourseSummary[]> => (await load(caller)).courses,

    /** All courses in detail, and the slug of the one in which the caller submitted last. */
    withLastWorked: async (
      caller: Caller,
    ): Promise<{ courses: CourseDetail[]; lastWorked: string | null }> => {
      const { courses, progress, rows } = await load(caller);
      const last = [...progress.values()].sort(
        (a, b) => Date.parse(b.last_submitted_at) - Date.parse(a.last_submitted_at),
      )[0];
      return { courses, lastWorked: rows.find(({ id }) => id === last?.course_id)?.slug ?? null };
    },

    detail: async (caller: Caller, slug: string): Promise<CourseDetail> => {
      const client = supabase.forUser(caller.accessToken);
      const [user, course, progress] = await Promise.all([
        auth.profileOf(caller),
        selectOptionalCourse(client, slug),
        problems.progressOf(caller),
      ]);
      return detailOf(found(course, 'course'), user, progress);
    },
  };
};

export type CourseService = ReturnType<typeof createCourseService>;
