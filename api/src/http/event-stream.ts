import type { Response } from 'express';

const heartbeatMs = 15_000;
const retryMs = 2000;

/** Writes events as text/event-stream until they end or the client goes; a comment every 15 s keeps proxies awake. */
export const sendEventStream = async (
  response: Response,
  events: AsyncIterable<{ event: string; data: unknown }>,
): Promise<void> => {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${retryMs}\n\n`);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  try {
    for await (const { event, data } of events) {
      if (response.writableEnded || response.destroyed) break;
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
};
