import type { ZodError } from 'zod';
import { AppError } from '../lib/app-error.js';
import type { ProblemCode, ProblemDetails } from './problem-schema.js';

/** The one table of error codes: status and title of each. */
export const problems: Record<ProblemCode, { status: number; title: string }> = {
  invalid_request: { status: 422, title: 'Something in the request is not right' },
  malformed_json: { status: 400, title: 'The request is not valid JSON' },
  body_too_large: { status: 413, title: 'The request is too large' },
  source_too_large: { status: 413, title: 'The program is too large' },
  language_not_allowed: { status: 422, title: 'This language cannot be used here' },
  no_tests: { status: 422, title: 'This problem cannot be judged yet' },
  too_many_waiting: { status: 409, title: 'Too many submissions are waiting' },
  source_quota_exceeded: { status: 409, title: 'There is no room left for your programs' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  session_expired: { status: 401, title: 'Your session has ended' },
  wrong_credentials: { status: 401, title: 'Wrong e-mail address or password' },
  email_not_confirmed: { status: 403, title: 'Confirm your e-mail address first' },
  second_factor_required: { status: 403, title: 'The second step is missing' },
  second_factor_missing: { status: 403, title: 'Set up your second step first' },
  second_factor_disabled: { status: 503, title: 'Second steps are switched off here' },
  wrong_code: { status: 422, title: 'This code is not right' },
  wrong_password: { status: 422, title: 'This password is not right' },
  reset_link_invalid: { status: 422, title: 'This link does not work any more' },
  wrong_host: { status: 421, title: 'Not a name of this server' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  unknown_enrolment_code: { status: 422, title: 'No course has this code' },
  email_taken: { status: 409, title: 'This address already has an account' },
  draft_conflict: { status: 409, title: 'There is a newer draft' },
  account_deactivated: { status: 403, title: 'This account is closed' },
  last_admin: { status: 409, title: 'The school needs an administrator' },
  confirmation_required: { status: 409, title: 'This is about your own account' },
  already_invited: { status: 409, title: 'This address is invited already' },
  invitation_invalid: { status: 422, title: 'This invitation does not work any more' },
  registration_closed: { status: 403, title: 'This school makes the accounts itself' },
  enrolment_code_needed: { status: 422, title: 'Registering needs the code of a course' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  address_blocked: { status: 403, title: 'This address is blocked' },
  blocks_yourself: { status: 409, title: 'This would block you, too' },
  file_too_large: { status: 413, title: 'The file is too large' },
  file_type_not_allowed: { status: 415, title: 'Files of this kind are not taken' },
  quota_exceeded: { status: 409, title: 'There is no room left for your files' },
  range_not_satisfiable: { status: 416, title: 'The file has no such part' },
  storage_disabled: { status: 503, title: 'Files are switched off here' },
  storage_unavailable: { status: 503, title: 'The store of files does not answer' },
  judge_disabled: { status: 503, title: 'Running code is switched off here' },
  judge_unavailable: { status: 503, title: 'The judges are busy' },
  database_unavailable: { status: 503, title: 'The database does not answer' },
  internal: { status: 500, title: 'Something went wrong on our side' },
};

/** What is wrong with a request that its schema refuses, field by field. */
export const invalidRequest = (error: ZodError): AppError => {
  const errors = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const tooLarge = error.issues.some(
    (issue) => issue.code === 'custom' && issue.params?.['code'] === 'source_too_large',
  );
  // Our own messages are sentences for people; zod's are not, and need the name of the field.
  const detail = errors
    .map(({ path, message }) => (message.endsWith('.') || !path ? message : `${path}: ${message}.`))
    .join(' ');
  return new AppError(tooLarge ? 'source_too_large' : 'invalid_request', detail, { errors });
};

/** As Express, its body parser and its file server throw: a status, and about a body a type or a code of zlib. */
interface HttpError extends Error {
  status: number;
  type?: string;
  code?: string;
  limit?: number;
}

// Those of the body and file parts say what may be exposed; the router's own is a URIError.
const isHttpError = (error: unknown): error is HttpError => {
  const { name, status, expose } = (error ?? {}) as { name?: unknown; status?: unknown; expose?: unknown };
  return typeof status === 'number' && (typeof expose === 'boolean' || name === 'URIError');
};

const fromHttpError = ({ status, type, code, limit }: HttpError): AppError | undefined => {
  if (status < 400 || status >= 500) return undefined;
  if (type === 'entity.parse.failed') {
    return new AppError('malformed_json', 'The body could not be read as JSON. Check quotes and commas.');
  }
  if (type === 'entity.too.large') {
    const largest = limit === undefined ? '' : ` The limit is ${Math.floor(limit / 1024)} KiB.`;
    return new AppError('body_too_large', `The body is larger than this route takes.${largest}`);
  }
  if (type ?? code) return new AppError('malformed_json', 'Send the whole body as JSON in UTF-8.');
  // What is left is a path that cannot be decoded: it leads nowhere.
  return new AppError('not_found', 'There is nothing at this address.');
};

/** Any thrown value as an AppError; what is not one of ours becomes `internal` and keeps its message to itself. */
export const toAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const known = isHttpError(error) ? fromHttpError(error) : undefined;
  return known ?? new AppError('internal', 'This is our fault. Try again in a moment.', { cause: error });
};

/** The RFC 9457 body for an error. */
export const problemOf = (error: AppError, requestId: string): ProblemDetails => {
  const { status, title } = problems[error.code];
  const { errors, retryAfterSeconds, members } = error.extra;
  return {
    type: `/api/docs#problem-${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    requestId,
    ...(errors ? { errors } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...members,
  };
};
