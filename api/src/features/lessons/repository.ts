import { dataOf, type Client } from '../../lib/supabase.js';
import { problemListColumns, type ProblemListRow } from '../problems/progress.js';

export interface LessonRow {
  slug: string;
  title: string;
  body: string;
  position: number;
  course: {
    id: string;
    slug: string;
    title: string;
    lessons: { slug: string; title: string; position: number }[];
  };
  problems: ProblemListRow[];
}

/** A lesson with its problems and the list of its course's lessons, or null when the caller may not see it. */
export const selectOptionalLesson = (
  client: Client,
  courseSlug: string,
  lessonSlug: string,
): Promise<LessonRow | null> =>
  dataOf<LessonRow | null>(
    client
      .from('lessons')
      .select(
        `slug, title, body, position, problems(${problemListColumns}),
         course:courses!inner(id, slug, title, lessons(slug, title, position))`,
      )
      .eq('slug', lessonSlug)
      .eq('course.slug', courseSlug)
      .maybeSingle(),
  );
