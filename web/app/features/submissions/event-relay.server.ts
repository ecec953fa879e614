/**
 * Hands an event stream on byte by byte. `open` gets a signal that aborts when the browser has gone (by `request` or by
 * cancelling the answer), so that nothing stays open behind it.
 */
export const relayEvents = async (
  request: Request,
  open: (signal: AbortSignal) => Promise<Response>,
): Promise<Response> => {
  const gone = new AbortController();
  const leave = () => gone.abort();
  if (request.signal.aborted) leave();
  request.signal.addEventListener('abort', leave, { once: true });

  const upstream = await open(gone.signal);
  const reader = upstream.body?.getReader();
  const close = (controller: ReadableStreamDefaultController) => {
    request.signal.removeEventListener('abort', leave);
    try {
      controller.close();
    } catch {
      // Cancelled in the meantime: it is closed already.
    }
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const chunk = await reader?.read();
        if (!chunk || chunk.done) close(controller);
        else controller.enqueue(chunk.value);
      } catch {
        // The browser left, or the api went away: an early end makes the browser connect again.
        close(controller);
      }
    },
    cancel: leave,
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'private, no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
};
