import { userEndpoint } from '../../http/endpoint.js';
import { lessonDetail, lessonParams } from './schema.js';
import type { LessonService } from './service.js';

/** Lessons. */
export const lessonRoutes = ({ lessons }: { lessons: LessonService }) => ({
  read: userEndpoint(
    {
      summary: 'A lesson with its problems and its neighbours',
      tag: 'Learning',
      limit: 'read',
      params: lessonParams,
      responses: { 200: lessonDetail },
    },
    async ({ caller, params }) => ({
      status: 200,
      body: await lessons.detail(caller, params.slug, params.lesson),
    }),
  ),
});
