import type { ProblemCode } from '@coding-platform/api/problem-schema';

/** Codes of the api, and those that only this side can know. */
export type WebProblemCode = ProblemCode | 'api_unreachable' | 'unexpected_answer' | 'other_owner';

/** The api's problem details; some codes bring more (`draft_conflict` has both texts). */
export interface ApiProblemData {
  type: string;
  title: string;
  status: number;
  code: WebProblemCode;
  /** A sentence for the learner. */
  detail: string;
  requestId: string;
  errors?: { path: string; message: string }[] | undefined;
  retryAfterSeconds?: number | undefined;
  [more: string]: unknown;
}

/**
 * An error answer of the api. It has the shape of Remix's ErrorResponse and is not an Error: thrown from a loader or an
 * action it reaches the ErrorBoundary with its status and its request id, where Remix would blank an Error out.
 */
export class ApiProblem {
  readonly status: number;
  readonly statusText: string;
  readonly internal = false;
  readonly data: ApiProblemData;

  constructor(data: ApiProblemData) {
    this.status = data.status;
    this.statusText = data.title;
    this.data = data;
  }

  get code(): WebProblemCode {
    return this.data.code;
  }

  get detail(): string {
    return this.data.detail;
  }

  get requestId(): string {
    return this.data.requestId;
  }

  get retryAfterSeconds(): number | undefined {
    return this.data.retryAfterSeconds;
  }

  /** The first message for each field of the request that the api refused: `{ email: 'This is not …' }`. */
  get fieldErrors(): Record<string, string> {
    const errors: Record<string, string> = {};
    for (const { path, message } of this.data.errors ?? []) errors[path] ??= message;
    return errors;
  }
}

/** The problem that stands for an api which did not answer. */
export function unreachableProblem(requestId: string): ApiProblem {
  return new ApiProblem({
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    code: 'api_unreachable',
    detail: 'The server is unreachable right now.',
    requestId,
  });
}

/** True for what the api client throws, also after a trip through the wire (then it is a plain ErrorResponse). */
export function isApiProblemData(data: unknown): data is ApiProblemData {
  return typeof data === 'object' && data !== null && 'code' in data && 'requestId' in data;
}
