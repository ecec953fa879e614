import { eventStreamHeaders, printEvent } from '~/lib/event-stream';
import { outcomeResponse, type Outcome } from '~/lib/outcome';
import type { OnStep } from './api.server';

interface RunStreamOptions<T> {
  request: Request;
  /** Told of its steps, it ends when `gone` aborts. */
  work: (onStep: OnStep, gone: AbortSignal) => Promise<Outcome<T>>;
  /** Headers that are known when the work is over. */
  headers: () => Record<string, string>;
  onBug: (error: unknown) => void;
}

const heartbeatMs = 15_000;

/**
 * Answers with the steps of a run as they come, then its outcome, as `fetchOutcome` reads them. What is refused before
 * its first step is a plain answer with its status. The work ends with the browser's leaving.
 */
export const answerRunStream = async <T>(options: RunStreamOptions<T>): Promise<Response> => {
  const { request, work, headers, onBug } = options;
  const gone = new AbortController();
  const leave = () => gone.abort();
  if (request.signal.aborted) leave();
  request.signal.addEventListener('abort', leave, { once: true });

  const encoder = new TextEncoder();
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void (sink = controller),
    cancel: leave,
  });
  const write = (text: string) => {
    if (!gone.signal.aborted) sink?.enqueue(encoder.encode(text));
  };

  let begin = (_: null): void => undefined;
  const beginning = new Promise<null>((resolve) => (begin = resolve));
  const ended = work((position) => {
    write(position === null ? printEvent('running', {}) : printEvent('queued', { position }));
    begin(null);
  }, gone.signal);
  const early = await Promise.race([beginning, ended]);
  if (early) return outcomeResponse(early, headers());

  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
  void ended
    .then((outcome) => write(printEvent('finished', { outcome, headers: headers() })), onBug)
    .finally(() => {
      clearInterval(heartbeat);
      request.signal.removeEventListener('abort', leave);
      if (!gone.signal.aborted) sink?.close();
    });
  return new Response(body, { headers: eventStreamHeaders });
};
