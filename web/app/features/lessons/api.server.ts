import { lessonDetail, type LessonDetail } from '@coding-platform/api/schema/lessons';
import type { ApiClient } from '~/lib/api-client.server';

/** One lesson with its Markdown. Throws ApiProblem `not_found`. */
export function loadLesson(api: ApiClient, courseSlug: string, lessonSlug: string): Promise<LessonDetail> {
  const path = `/api/courses/${encodeURIComponent(courseSlug)}/lessons/${encodeURIComponent(lessonSlug)}`;
  return api.get(path, lessonDetail);
}
