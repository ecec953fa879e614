import { userEndpoint } from '../../../http/endpoint.js';
import { courseSubmissionList, courseSubmissionParams, courseSubmissionQuery } from '../schema.js';
import type { CourseSubmissionService } from './service.js';

/** The submissions of a course, for its staff. */
export const courseSubmissionRoutes = ({ submissions }: { submissions: CourseSubmissionService }) => ({
  list: userEndpoint(
    {
      summary: 'All submissions of a course that I run, newest first',
      tag: 'Code',
      limit: 'read',
      params: courseSubmissionParams,
      query: courseSubmissionQuery,
      responses: { 200: courseSubmissionList },
    },
    async ({ caller, params: { slug }, query }) => ({
      status: 200,
      body: await submissions.list(caller, slug, query),
    }),
  ),
});
