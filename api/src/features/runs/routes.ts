import { userEndpoint } from '../../http/endpoint.js';
import type { Request } from 'express';
import { goneSignal, sendEventStream } from '../../http/event-stream.js';
import { problemOf, toAppError } from '../../http/problem.js';
import { runEvents } from './events.js';
import { runRequest, runResult } from './schema.js';
import type { RunService } from './service.js';

const wantsEvents = (request: Request): boolean => request.accepts(['json', 'text/event-stream']) !== 'json';

/** Trial runs. */
export const runRoutes = ({ runs }: { runs: RunService }) => ({
  create: userEndpoint(
    {
      summary:
        'Run a program on the samples or on own input; nothing is stored, and closing the connection stops it',
      tag: 'Code',
      limit: 'execution',
      body: runRequest,
      responses: { 200: runResult },
    },
    async ({ caller, body, request, response, requestId }) => {
      const gone = goneSignal(response);
      if (!wantsEvents(request)) return { status: 200, body: await runs.run(caller, body, gone) };
      const events = runEvents(
        (onStep) => runs.run(caller, body, gone, onStep),
        (error) => problemOf(toAppError(error), requestId),
      );
      await sendEventStream(response, events);
      return undefined;
    },
  ),
});
