import type { Caller } from '../../../lib/caller.js';
import type { Supabase } from '../../../lib/supabase.js';
import type { CourseService } from '../../courses/service.js';
import type { CourseSubmissionList, CourseSubmissionQuery } from '../schema.js';
import { selectSubmissionsOfCourse } from './repository.js';

/** The submissions of a course, as its staff looks through them. */
export const createCourseSubmissionService = ({
  supabase,
  courses,
}: {
  supabase: Supabase;
  courses: Pick<CourseService, 'requireRun'>;
}) => ({
  /** A page, newest first. Throws not_found when the course is not open to the caller, forbidden for its learners. */
  list: async (caller: Caller, slug: string, query: CourseSubmissionQuery): Promise<CourseSubmissionList> => {
    const course = await courses.requireRun(caller, slug);
    // One more than asked for tells whether there is a next page.
    const rows = await selectSubmissionsOfCourse(supabase.forUser(caller.accessToken), course, {
      ...query,
      limit: query.limit + 1,
    });
    const submissions = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? submissions.at(-1) : undefined;
    return { submissions, nextBefore: last ? `${last.createdAt}_${last.id}` : null };
  },
});

export type CourseSubmissionService = ReturnType<typeof createCourseSubmissionService>;
