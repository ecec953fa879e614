import { found } from '../../lib/app-error.js';
import type { Caller } from '../../lib/caller.js';
import type { Supabase } from '../../lib/supabase.js';
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
    const [row, listed] = await Promise.all([
      selectOptionalLesson(supabase.forUser(caller.accessToken), courseSlug, lessonSlug),
      problems.listed(caller, courseSlug),
    ]);
    const lesson = found(row, 'lesson');
    const order = lesson.course.lessons;
    const at = order.findIndex(({ slug }) => slug === lesson.slug);
    return {
      slug: lesson.slug,
      title: lesson.title,
      body: lesson.body,
      course: { slug: lesson.course.slug, title: lesson.course.title },
      problems: listed.filter(({ lessonId }) => lessonId === lesson.id).map(({ summary }) => summary),
      previous: link(order[at - 1]),
      next: link(order[at + 1]),
    };
  },
});

export type LessonService = ReturnType<typeof createLessonService>;
