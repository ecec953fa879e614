import { dataOf, type Client } from '../../lib/supabase.js';

export interface LessonRow {
  id: string;
  slug: string;
  title: string;
  body: string;
  course: { slug: string; title: string; lessons: { slug: string; title: string }[] };
}

/** A lesson and the list of its course's lessons in order, or null when the caller may not see it. */
export const selectOptionalLesson = (
  client: Client,
  courseSlug: string,
  lessonSlug: string,
): Promise<LessonRow | null> =>
  dataOf<LessonRow | null>(
    client
      .from('lessons')
      .select('id, slug, title, body, course:courses!inner(slug, title, lessons(slug, title, position))')
      .eq('slug', lessonSlug)
      .eq('course.slug', courseSlug)
      .order('position', { referencedTable: 'course.lessons' })
      .maybeSingle(),
  );
