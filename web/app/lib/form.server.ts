import { data } from '@remix-run/node';
import type { z } from 'zod';
import { ApiProblem } from './api-problem';
import type { FormState } from './form-state';

type Parsed<T> = { ok: true; value: T } | { ok: false; refusal: ReturnType<typeof refuse> };

const formType = /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i;

/**
 * The form that a request carries. Throws an answer for whoever sent something else: 415 for a body of another type,
 * 400 for a form that is broken or breaks off.
 */
export async function readForm(request: Request): Promise<FormData> {
  if (!formType.test(request.headers.get('content-type') ?? '')) throw data(null, { status: 415 });
  try {
    return await request.formData();
  } catch {
    throw data(null, { status: 400 });
  }
}

/** Reads a sent form by the api's own schema, so that both agree. Empty fields count as not filled in. */
export function parseForm<T>(form: FormData, schema: z.ZodType<T>): Parsed<T> {
  const filled = Object.fromEntries([...form].filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(filled);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) errors[issue.path.join('.')] ??= issue.message;
  return { ok: false, refusal: refuse(form, { errors }) };
}

/** The answer that shows the form again with what was typed in, but never a password. */
export function refuse(
  form: FormData,
  why: { errors?: Record<string, string>; message?: NonNullable<FormState['message']> },
  status = 400,
) {
  const state: FormState = {
    values: keptValues(form),
    errors: why.errors ?? {},
    message: why.message ?? null,
  };
  return data(state, { status });
}

/**
 * What to answer when the api threw: its refusals and its silence belong beside the form, so that nothing has to be
 * typed again; everything else is thrown on. `fields` names the field that a code belongs to.
 */
export function refuseByProblem(
  form: FormData,
  thrown: unknown,
  fields: Partial<Record<string, string>> = {},
) {
  if (!(thrown instanceof ApiProblem)) throw thrown;
  const field = fields[thrown.code];
  if (field) return refuse(form, { errors: { [field]: thrown.detail } }, thrown.status);
  const errors = thrown.fieldErrors;
  const known = Object.keys(errors).some((name) => form.has(name));
  return refuse(form, known ? { errors } : { message: describe(thrown) }, thrown.status);
}

function describe(problem: ApiProblem): NonNullable<FormState['message']> {
  if (problem.code === 'too_many_requests' && problem.retryAfterSeconds) {
    return { text: 'Too many attempts.', waitSeconds: problem.retryAfterSeconds };
  }
  if (problem.status >= 500) {
    return `${problem.detail} Try again in a moment. (Request ${problem.requestId})`;
  }
  return problem.detail;
}

function keptValues(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts.filter(([name]) => !/password|token/i.test(name)));
}
