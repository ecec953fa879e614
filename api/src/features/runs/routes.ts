import { userEndpoint } from '../../http/endpoint.js';
import { goneSignal } from '../../http/event-stream.js';
import { runRequest, runResult } from './schema.js';
import type { RunService } from './service.js';

/** Trial runs. */
export const runRoutes = ({ runs }: { runs: RunService }) => ({
  create: userEndpoint(
    {
      summary: 'Run a program on the samples or on own input; nothing is stored',
      tag: 'Code',
      limit: 'execution',
      body: runRequest,
      responses: { 200: runResult },
    },
    async ({ caller, body, response }) => ({
      status: 200,
      body: await runs.run(caller, body, goneSignal(response)),
    }),
  ),
});
