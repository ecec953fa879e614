import {
  courseSubmissionList,
  submissionDetail,
  submissionList,
  submissionQueued,
  type CourseSubmissionList,
  type SubmissionDetail,
  type SubmissionList,
} from '@coding-platform/api/schema/submissions';
import type { ApiClient } from '~/lib/api-client.server';
import type { TableQuery } from '~/lib/table-query';

export interface SubmissionInput {
  problemSlug: string;
  languageId: number;
  sourceCode: string;
}

const path = (id: string) => `/api/submissions/${encodeURIComponent(id)}`;

/** Hands a program in; answers when it is stored, before it is judged. Throws ApiProblem. */
export const submitProgram = (
  api: ApiClient,
  input: SubmissionInput,
  onHeaders?: (headers: Headers) => void,
): Promise<{ id: string }> => api.post('/api/submissions', input, submissionQueued, { onHeaders });

/** A submission with its results. Throws ApiProblem. */
export const loadSubmission = (api: ApiClient, id: string): Promise<SubmissionDetail> =>
  api.get(path(id), submissionDetail);

/** Ends a submission that has no verdict yet; the submission as it is then. Throws ApiProblem. */
export const stopSubmission = (api: ApiClient, id: string): Promise<SubmissionDetail> =>
  api.post(`${path(id)}/stop`, undefined, submissionDetail);

/** The learner's own submissions of one problem, newest first. Throws ApiProblem. */
export const loadHistory = (api: ApiClient, problemSlug: string, before?: string): Promise<SubmissionList> =>
  api.get('/api/submissions', submissionList, { query: { problemSlug, before, limit: 30 } });

/** A page of what was submitted in a course, for its staff. Throws ApiProblem `forbidden` for its learners. */
export const loadCourseSubmissions = (
  api: ApiClient,
  courseSlug: string,
  { q, filters }: TableQuery,
  before: string,
): Promise<CourseSubmissionList> =>
  api.get(`/api/courses/${encodeURIComponent(courseSlug)}/submissions`, courseSubmissionList, {
    query: { q, ...filters, before, limit: 25 },
  });

/** The api's event stream of a submission; ends when `signal` aborts. Throws ApiProblem. */
export const openEvents = (api: ApiClient, id: string, signal: AbortSignal): Promise<Response> =>
  api.open('GET', `${path(id)}/events`, { headers: { Accept: 'text/event-stream' }, signal });
