import { z } from 'zod';
import { userEndpoint } from '../../http/endpoint.js';
import { goneSignal, sendEventStream } from '../../http/event-stream.js';
import {
  submissionDetail,
  submissionList,
  submissionQuery,
  submissionQueued,
  submissionRequest,
} from './schema.js';
import type { SubmissionService } from './service.js';

const tag = 'Code';
const params = z.object({ id: z.guid() });

/** Submissions. */
export const submissionRoutes = ({ submissions }: { submissions: SubmissionService }) => ({
  create: userEndpoint(
    {
      summary: 'Submit a program; answers when it is stored, before it is judged',
      tag,
      limit: 'execution',
      body: submissionRequest,
      responses: { 202: submissionQueued },
    },
    async ({ caller, body, response }) => {
      const id = await submissions.submit(caller, body);
      response.location(`/api/submissions/${id}`);
      return { status: 202, body: { id, status: 'queued' } };
    },
  ),
  list: userEndpoint(
    {
      summary: 'My submissions, newest first',
      tag,
      limit: 'read',
      query: submissionQuery,
      responses: { 200: submissionList },
    },
    async ({ caller, query }) => ({ status: 200, body: await submissions.list(caller, query) }),
  ),
  read: userEndpoint(
    {
      summary: 'A submission with its results',
      tag,
      limit: 'read',
      params,
      responses: { 200: submissionDetail },
    },
    async ({ caller, params: { id } }) => ({ status: 200, body: await submissions.read(caller, id) }),
  ),
  stop: userEndpoint(
    {
      summary: 'Stop a submission that has no verdict yet; its author and the staff of its course may',
      tag,
      limit: 'write',
      params,
      responses: { 200: submissionDetail },
    },
    async ({ caller, params: { id } }) => ({ status: 200, body: await submissions.stop(caller, id) }),
  ),
  events: userEndpoint(
    {
      summary: 'Its life as server-sent events: queued, running, test, finished',
      tag,
      limit: 'read',
      params,
      responses: { 200: 'text/event-stream' },
      contentType: 'text/event-stream',
    },
    async ({ caller, params: { id }, response }) => {
      await sendEventStream(response, await submissions.events(caller, id, goneSignal(response)));
      return undefined;
    },
  ),
});
