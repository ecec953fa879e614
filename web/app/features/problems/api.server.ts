import { problemDetail, type ProblemDetail } from '@coding-platform/api/schema/problems';
import type { ApiClient } from '~/lib/api-client.server';

/** A problem with its languages and samples. Throws ApiProblem. */
export const loadProblem = (api: ApiClient, slug: string): Promise<ProblemDetail> =>
  api.get(`/api/problems/${encodeURIComponent(slug)}`, problemDetail);
