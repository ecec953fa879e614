import { enrolment } from '@coding-platform/api/schema/enrolments';
import type { ApiClient } from '~/lib/api-client.server';

/** Joins the course of this code and gives its slug. Throws ApiProblem `unknown_enrolment_code`. */
export async function joinCourse(api: ApiClient, body: { code: string }): Promise<string> {
  return (await api.post('/api/enrolments', body, enrolment)).courseSlug;
}
