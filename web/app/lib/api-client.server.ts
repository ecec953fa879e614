import { redirect } from '@remix-run/node';
import type { z } from 'zod';
import { problemDetails } from '@coding-platform/api/problem-schema';
import { ApiProblem, unreachableProblem } from './api-problem.js';
import { getEnv } from './env.server.js';
import { safeNext } from './safe-next.js';
import { requireSession, sessionEnded, type Session } from './session.server.js';

interface CallOptions {
  /** Undefined and empty values are left out. */
  query?: Record<string, string | number | undefined>;
  /** Default 15 000. */
  timeoutMs?: number;
  /** Aborted, the call is given up. */
  gone?: AbortSignal;
  headers?: Record<string, string>;
  /** Told of the headers of the api's answer, also of one that is a problem. */
  onHeaders?: ((headers: Headers) => void) | undefined;
}

/** Calls of the api in the name of one request. Each throws ApiProblem, or a redirect to /login when the session is over. */
export interface ApiClient {
  get<T>(path: string, schema: z.ZodType<T>, options?: CallOptions): Promise<T>;
  post<T>(path: string, body: unknown, schema: z.ZodType<T>, options?: CallOptions): Promise<T>;
  put<T>(path: string, body: unknown, schema: z.ZodType<T>, options?: CallOptions): Promise<T>;
  /** For answers that are not read as JSON (204, event streams, several statuses): the bare successful Response. */
  open(
    method: string,
    path: string,
    init?: CallOptions & {
      body?: unknown;
      /** Instead of `body`: sent on while it arrives. */
      stream?: { body: ReadableStream<Uint8Array>; contentType: string; contentLength: string | null };
      signal?: AbortSignal;
      /** Statuses besides 2xx that are an answer, not a problem. */
      alsoTake?: number[];
    },
  ): Promise<Response>;
}

const defaultTimeoutMs = 15_000;

/** A client that speaks for nobody: sign in, register, password reset. */
export function publicApi(request: Request): ApiClient {
  return createApiClient(request, null);
}

/** A client that speaks for the signed-in user. Throws a redirect to /login when nobody is signed in. */
export async function requireApi(request: Request): Promise<ApiClient> {
  return createApiClient(request, await requireSession(request));
}

/** A client for `request` (its id and its address travel along) with the access token of `session`, if given. */
export function createApiClient(request: Request, session: Session | null): ApiClient {
  const requestId = request.headers.get('x-request-id') ?? '';

  const open: ApiClient['open'] = async (method, path, init = {}) => {
    const response = await send(method, path, init);
    init.onHeaders?.(response.headers);
    if (response.ok || init.alsoTake?.includes(response.status)) return response;
    const problem = await readProblem(response, requestId);
    if (session && problem.status === 401) throw await sessionEnded(request);
    if (session && problem.code === 'account_deactivated')
      throw await sessionEnded(request, 'account_closed');
    if (session) redirectToSecondFactor(request, problem);
    throw problem;
  };

  const send = async (method: string, path: string, init: Parameters<ApiClient['open']>[2] = {}) => {
    const timeout = AbortSignal.timeout(init.timeoutMs ?? defaultTimeoutMs);
    try {
      return await fetch(apiAddress(path, init.query), {
        method,
        headers: {
          ...outgoingHeaders(request, session, init.body !== undefined),
          ...streamHeaders(init.stream),
          ...init.headers,
        },
        ...bodyOf(init),
        signal: init.signal ?? (init.gone ? AbortSignal.any([init.gone, timeout]) : timeout),
      });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw unreachableProblem(requestId);
    }
  };

  const call = async <T>(
    method: string,
    path: string,
    schema: z.ZodType<T>,
    init: CallOptions & { body?: unknown },
  ) => readAnswer(await open(method, path, init), schema, requestId);

  return {
    open,
    get: (path, schema, options = {}) => call('GET', path, schema, options),
    post: (path, body, schema, options = {}) => call('POST', path, schema, { ...options, body }),
    put: (path, body, schema, options = {}) => call('PUT', path, schema, { ...options, body }),
  };
}

type OpenInit = NonNullable<Parameters<ApiClient['open']>[2]>;

function bodyOf({ body, stream }: OpenInit): Pick<RequestInit, 'body'> {
  // Node asks for `duplex`, which the types of browsers do not know.
  if (stream) return { body: stream.body, duplex: 'half' } as RequestInit;
  return { body: body === undefined ? undefined : JSON.stringify(body) };
}

function streamHeaders(stream: OpenInit['stream']): Record<string, string> {
  if (!stream) return {};
  const { contentType, contentLength } = stream;
  return { 'Content-Type': contentType, ...(contentLength ? { 'Content-Length': contentLength } : {}) };
}

function apiAddress(path: string, query: CallOptions['query'] = {}): URL {
  const url = new URL(getEnv().apiUrl + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
  }
  return url;
}

function outgoingHeaders(
  request: Request,
  session: Session | null,
  hasBody: boolean,
): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (hasBody) headers['Content-Type'] = 'application/json';
  if (session) headers['Authorization'] = `Bearer ${session.accessToken}`;
  for (const name of ['X-Request-Id', 'X-Forwarded-For', 'User-Agent']) {
    const value = request.headers.get(name);
    if (value) headers[name] = value;
  }
  return headers;
}

/** Throws a redirect to where a sign-in is completed, when the api says that it is not. */
function redirectToSecondFactor(request: Request, { code }: ApiProblem): void {
  const back = request.method === 'GET' ? new URL(request.url) : null;
  const next = encodeURIComponent(safeNext(back && back.pathname + back.search));
  if (code === 'second_factor_required') throw redirect(`/second-factor?next=${next}`);
  if (code === 'second_factor_missing') throw redirect(`/account/second-factor?next=${next}`);
}

async function readAnswer<T>(response: Response, schema: z.ZodType<T>, requestId: string): Promise<T> {
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw unexpectedAnswer(502, requestId);
}

async function readProblem(response: Response, requestId: string): Promise<ApiProblem> {
  const parsed = problemDetails.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return new ApiProblem(parsed.data);
  // A proxy in between answers 502, 503 or 504 with a page of its own while the api restarts.
  return response.status >= 502 && response.status <= 504
    ? unreachableProblem(requestId)
    : unexpectedAnswer(response.status, requestId);
}

function unexpectedAnswer(status: number, requestId: string): ApiProblem {
  return new ApiProblem({
    type: 'about:blank',
    title: 'Unexpected answer',
    status: status >= 400 ? status : 502,
    code: 'unexpected_answer',
    detail: 'The server gave an answer that this page does not understand.',
    requestId,
  });
}
