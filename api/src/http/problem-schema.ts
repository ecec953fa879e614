import { z } from 'zod';

/** Every `code` that an error answer can carry; the status belongs to the code (http/problem.ts). */
export const problemCodes = [
  'invalid_request',
  'malformed_json',
  'body_too_large',
  'source_too_large',
  'language_not_allowed',
  'no_tests',
  'too_many_waiting',
  'source_quota_exceeded',
  'unauthenticated',
  'session_expired',
  'wrong_credentials',
  'email_not_confirmed',
  'second_factor_required',
  'second_factor_missing',
  'second_factor_disabled',
  'wrong_code',
  'wrong_password',
  'reset_link_invalid',
  'wrong_host',
  'forbidden',
  'not_found',
  'unknown_enrolment_code',
  'email_taken',
  'draft_conflict',
  'account_deactivated',
  'last_admin',
  'confirmation_required',
  'already_invited',
  'invitation_invalid',
  'registration_closed',
  'enrolment_code_needed',
  'too_many_requests',
  'file_too_large',
  'file_type_not_allowed',
  'quota_exceeded',
  'range_not_satisfiable',
  'storage_disabled',
  'storage_unavailable',
  'address_blocked',
  'blocks_yourself',
  'judge_disabled',
  'judge_unavailable',
  'database_unavailable',
  'internal',
] as const;

export const problemCode = z.enum(problemCodes);
export type ProblemCode = z.infer<typeof problemCode>;

/** RFC 9457 application/problem+json: what every error answer looks like. */
export const problemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: problemCode,
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    retryAfterSeconds: z.number().int().optional(),
  })
  .catchall(z.unknown())
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });
export type ProblemDetails = z.infer<typeof problemDetails>;
