import { type Caller, found } from '../../http/endpoint.js';
import type { Supabase } from '../../lib/supabase.js';
import { inOrder, problemSummaryOf } from '../problems/progress.js';
import type { ProblemService } from '../problems/service.js';
import { selectOptionalLesson } from './repository.js';
import type { LessonDetail } from './schema.js';

const link = (lesson: { slug: string; title: string } | undefined) =>
  lesson ? { slug: lesson.slug, title: lesson.title } : null;

/** Lessons as learners read them. */
export const createLessonService = ({
  supabase,
  problems,
}: {
  supabase: Supabase;
  problems: ProblemService;
}) => ({
  /** A lesson with the caller's progress. Throws not_found. */
  detail: async (caller: Caller, courseSlug: string, lessonSlug: string): Promise<LessonDetail> => {
    const [row, progress] = await Promise.all([
      selectOptionalLesson(supabase.forUser(caller.accessToken), courseSlug, lessonSlug),
      problems.progressOf(caller),
    ]);
    const lesson = found(row, 'lesson');
    const order = inOrder(lesson.course.lessons);
    const at = order.findIndex(({ slug }) => slug === lesson.slug);
    return {
      slug: lesson.slug,
      title: lesson.title,
      body: lesson.body,
      course: { slug: lesson.course.slug, title: lesson.course.title },
      problems: inOrder(lesson.problems).map((problem) => problemSummaryOf(problem, progress)),
      previous: link(order[at - 1]),
      next: link(order[at + 1]),
    };
  },
});

export type LessonService = ReturnType<typeof createLessonService>;
