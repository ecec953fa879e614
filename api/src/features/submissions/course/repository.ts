import { dataOf, type Client } from '../../../lib/supabase.js';
import { toSummary, type SummaryRow } from '../repository.js';
import type { CourseSubmission, CourseSubmissionQuery } from '../schema.js';

interface CourseSubmissionRow extends Omit<SummaryRow, 'problem'> {
  problem_slug: string;
  problem_title: string;
  author_name: string | null;
  author_email: string | null;
}

/** Those submissions of a course that the caller may see, newest first, with their authors. */
export const selectSubmissionsOfCourse = async (
  client: Client,
  course: { id: string; slug: string },
  { q, problemSlug, result, before, limit }: CourseSubmissionQuery,
): Promise<CourseSubmission[]> => {
  const [beforeTime = null, beforeId = null] = before?.split('_') ?? [];
  const rows = await dataOf<CourseSubmissionRow[]>(
    client.rpc('submissions_of_course', {
      course: course.id,
      search: q,
      only_problem: problemSlug ?? '',
      only_result: result ?? '',
      before_time: beforeTime,
      before_id: beforeId,
      take: limit,
    }),
  );
  return rows.map((row) => ({
    ...toSummary({
      ...row,
      problem: { slug: row.problem_slug, title: row.problem_title, course: { slug: course.slug } },
    }),
    author: row.author_name === null ? null : { fullName: row.author_name, email: row.author_email ?? '' },
  }));
};
