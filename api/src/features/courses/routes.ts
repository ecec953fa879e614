import { userEndpoint } from '../../http/endpoint.js';
import { courseDetail, courseList, problemChoicesList, courseParams } from './schema.js';
import type { CourseService } from './service.js';

const tag = 'Learning';

/** Courses. */
export const courseRoutes = ({ courses }: { courses: CourseService }) => ({
  list: userEndpoint(
    { summary: 'The courses that I learn in or run', tag, limit: 'read', responses: { 200: courseList } },
    async ({ caller }) => ({ status: 200, body: { courses: await courses.list(caller) } }),
  ),
  problems: userEndpoint(
    {
      summary: 'The problems of all my courses, by name',
      tag,
      limit: 'read',
      responses: { 200: problemChoicesList },
    },
    async ({ caller }) => ({ status: 200, body: { courses: await courses.problemChoices(caller) } }),
  ),
  read: userEndpoint(
    {
      summary: 'A course with its lessons, problems and my progress',
      tag,
      limit: 'read',
      params: courseParams,
      responses: { 200: courseDetail },
    },
    async ({ caller, params }) => ({ status: 200, body: await courses.detail(caller, params.slug) }),
  ),
});
