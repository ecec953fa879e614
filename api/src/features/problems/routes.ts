import { userEndpoint } from '../../http/endpoint.js';
import { problemDetail, problemParams } from './schema.js';
import type { ProblemService } from './service.js';

/** Problems. */
export const problemRoutes = ({ problems }: { problems: ProblemService }) => ({
  read: userEndpoint(
    {
      summary: 'A problem with its languages, samples and starter code',
      tag: 'Learning',
      limit: 'read',
      params: problemParams,
      responses: { 200: problemDetail },
    },
    async ({ caller, params }) => ({ status: 200, body: await problems.detail(caller, params.slug) }),
  ),
});
