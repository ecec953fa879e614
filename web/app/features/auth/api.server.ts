import {
  confirmationPending,
  linkRequested,
  session as sessionSchema,
  signedIn,
  type LinkRequested,
  type LoginRequest,
  type RegisterRequest,
} from '@coding-platform/api/schema/auth';
import { z } from 'zod';
import { createApiClient, publicApi, requireApi } from '~/lib/api-client.server';
import { ApiProblem } from '~/lib/api-problem';
import { knownDeviceCookie, knownDeviceHeaders } from '~/lib/known-devices.server';
import { getOptionalSession, sessionCookie, toSession, type Session } from '~/lib/session.server';

/**
 * Throws ApiProblem `wrong_credentials` or `email_not_confirmed`. `needsCode`: a second step follows. `headers` sign this
 * browser in and make it known for next time.
 */
export async function signIn(
  request: Request,
  credentials: LoginRequest,
): Promise<{ session: Session; needsCode: boolean; headers: Headers }> {
  const answer = await publicApi(request).post('/api/auth/login', credentials, signedIn, {
    headers: await knownDeviceHeaders(request),
  });
  const session = toSession(answer);
  const headers = new Headers();
  headers.append('Set-Cookie', await sessionCookie(session));
  headers.append('Set-Cookie', await knownDeviceCookie(request, answer.deviceToken));
  return { session, needsCode: answer.secondFactor === 'required', headers };
}

/** The second step of signing in. Throws ApiProblem `wrong_code`. */
export async function verifySecondFactor(request: Request, body: { code: string }): Promise<void> {
  await (await requireApi(request)).open('POST', '/api/auth/second-factor', { body });
}

/** The new account's session, or null when its address must be confirmed by mail first. */
export async function register(request: Request, account: RegisterRequest): Promise<Session | null> {
  const answer = await publicApi(request).post(
    '/api/auth/register',
    account,
    z.union([sessionSchema, confirmationPending]),
  );
  return 'accessToken' in answer ? toSession(answer) : null;
}

/** Asks for a reset link by mail; the answer is the same whether the account exists or not. */
export async function requestPasswordReset(
  request: Request,
  body: { email: string },
): Promise<LinkRequested['status']> {
  return (await publicApi(request).post('/api/auth/password-reset', body, linkRequested)).status;
}

/** Asks once more for the link that opens a new account; the answer is the same for every address. */
export async function requestConfirmation(
  request: Request,
  body: { email: string },
): Promise<LinkRequested['status']> {
  return (await publicApi(request).post('/api/auth/confirmation', body, linkRequested)).status;
}

/** Opens a new account. Throws ApiProblem `reset_link_invalid` when the link is used up or too old. */
export async function confirmAddress(request: Request, body: { token: string }): Promise<Session> {
  return toSession(await publicApi(request).post('/api/auth/confirm', body, sessionSchema));
}

/** Throws ApiProblem `reset_link_invalid` when the link is used up or too old. */
export async function confirmPasswordReset(
  request: Request,
  body: { token: string; password: string },
): Promise<void> {
  await publicApi(request).open('POST', '/api/auth/password-reset/confirm', { body });
}

/** Ends the session at the api. Not reaching it is no reason to stay signed in here. */
export async function signOut(request: Request): Promise<void> {
  const session = await getOptionalSession(request);
  if (!session) return;
  try {
    await createApiClient(request, session).open('POST', '/api/auth/logout', { timeoutMs: 5_000 });
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem || thrown instanceof Response)) throw thrown;
  }
}
