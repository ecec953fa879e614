import { readEvents } from './event-stream';
import { ApiProblem, type WebProblemCode } from './api-problem';

/** `offline`: the browser could not reach this site at all; `restarting`: only a proxy in front of it answers. */
export type FailureCode = WebProblemCode | 'offline' | 'restarting';

/** Why something could not be done, as far as a page needs to know. */
export interface Failure {
  code: FailureCode;
  detail: string;
  requestId: string | null;
  retryAfterSeconds: number | null;
}

/** What a page's script gets instead of a thrown error, which would take the page and the code in it away. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

const sessionOver: Failure = {
  code: 'session_expired',
  detail: 'Your session has ended.',
  requestId: null,
  retryAfterSeconds: null,
};

const failureOf = (thrown: unknown): Failure => {
  // The api client throws a redirect to the sign-in page; a script cannot follow it there and keep the page.
  if (thrown instanceof Response && thrown.status >= 300 && thrown.status < 400) return sessionOver;
  if (!(thrown instanceof ApiProblem)) throw thrown;
  return {
    code: thrown.code,
    detail: thrown.data.errors?.[0]?.message ?? thrown.detail,
    requestId: thrown.requestId,
    retryAfterSeconds: thrown.retryAfterSeconds ?? null,
  };
};

/** Does the work; what the api refuses and a session that is over become a failure, other errors are thrown on. */
export const settle = async <T>(work: () => Promise<T>): Promise<Outcome<T>> => {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) };
  }
};

const statuses: Partial<Record<FailureCode, number>> = {
  session_expired: 401,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  draft_conflict: 409,
  too_many_waiting: 409,
  source_quota_exceeded: 409,
  other_owner: 409,
  source_too_large: 413,
  body_too_large: 413,
  quota_exceeded: 409,
  file_too_large: 413,
  file_type_not_allowed: 415,
  range_not_satisfiable: 416,
  too_many_requests: 429,
  internal: 500,
  unexpected_answer: 502,
  judge_disabled: 503,
  judge_unavailable: 503,
  database_unavailable: 503,
  storage_disabled: 503,
  storage_unavailable: 503,
  api_unreachable: 503,
};

/** The HTTP status of a page or an answer that shows this failure. */
export const failureStatus = (failure: Failure): number => statuses[failure.code] ?? 400;

/** The JSON answer that `fetchOutcome` reads. */
export const outcomeResponse = <T>(outcome: Outcome<T>, headers: Record<string, string> = {}): Response =>
  Response.json(outcome, {
    status: outcome.ok ? 200 : failureStatus(outcome.failure),
    headers: { ...headers, 'Cache-Control': 'private, no-store' },
  });

const failed = (code: FailureCode, detail: string): { ok: false; failure: Failure } => ({
  ok: false,
  failure: { code, detail, requestId: null, retryAfterSeconds: null },
});

interface FetchOptions extends RequestInit {
  onHeaders?: (headers: Headers) => void;
  /** Asks for events: told of the position in a queue, and null when the work begins. */
  onStep?: (position: number | null) => void;
}

const followOutcome = async <T>(
  body: ReadableStream<Uint8Array>,
  { onHeaders, onStep }: FetchOptions,
): Promise<Outcome<T>> => {
  try {
    for await (const { event, data } of readEvents(body)) {
      if (event === 'queued') onStep?.((data as { position: number }).position);
      if (event === 'running') onStep?.(null);
      if (event !== 'finished') continue;
      const { outcome, headers } = data as { outcome: Outcome<T>; headers: Record<string, string> };
      onHeaders?.(new Headers(headers));
      return outcome;
    }
  } catch {
    // Said below.
  }
  return failed('restarting', 'The connection was lost.');
};

/** Asks one of this site's own addresses from the browser. Never throws: no connection is a failure, too. */
export const fetchOutcome = async <T>(url: string, options: FetchOptions = {}): Promise<Outcome<T>> => {
  const { onHeaders, onStep, ...init } = options;
  let response: Response;
  try {
    response = await fetch(url, {
      ...init,
      headers: {
        Accept: onStep ? 'text/event-stream, application/json' : 'application/json',
        ...(init.body ? { 'Content-Type': 'application/json' } : {}),
      },
    });
  } catch {
    return failed('offline', 'No connection to the server.');
  }
  onHeaders?.(response.headers);
  if (response.redirected) return { ok: false, failure: sessionOver };
  const contentType = response.headers.get('Content-Type') ?? '';
  if (response.body && contentType.startsWith('text/event-stream'))
    return followOutcome(response.body, options);
  try {
    return (await response.json()) as Outcome<T>;
  } catch {
    // A proxy answers with a page of its own while the server behind it restarts.
    if (response.status >= 502 || contentType.startsWith('text/html')) {
      return failed('restarting', 'The server is restarting.');
    }
    return failed('unexpected_answer', 'The server gave an answer that this page does not understand.');
  }
};
