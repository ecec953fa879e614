import type { RequestHandler } from 'express';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import { AppError } from '../lib/app-error.js';
import type { Caller } from './endpoint.js';

export type VerifyToken = (accessToken: string) => Promise<JWTPayload>;

/**
 * Verifies access tokens of Supabase Auth in this process: HS256 with the project's secret or, without one, by the
 * project's public keys, which are fetched once and kept.
 */
export const createVerifyToken = (options: {
  supabaseUrl: string;
  jwtSecret: string | undefined;
}): VerifyToken => {
  const checks = { audience: 'authenticated', requiredClaims: ['sub', 'exp'] };
  if (options.jwtSecret) {
    const secret = new TextEncoder().encode(options.jwtSecret);
    return async (token) => (await jwtVerify(token, secret, { ...checks, algorithms: ['HS256'] })).payload;
  }
  const keys = createRemoteJWKSet(new URL(`${options.supabaseUrl}/auth/v1/.well-known/jwks.json`));
  return async (token) =>
    (await jwtVerify(token, keys, { ...checks, algorithms: ['ES256', 'RS256'] })).payload;
};

/** Puts the verified caller into `response.locals.caller`, or fails with `unauthenticated` or `session_expired`. */
export const authenticate =
  (verify: VerifyToken): RequestHandler =>
  async (request, response, next) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) {
      next(new AppError('unauthenticated', 'Send the access token as "Authorization: Bearer …".'));
      return;
    }
    try {
      const { sub } = await verify(token);
      response.locals['caller'] = { id: String(sub), accessToken: token } satisfies Caller;
      next();
    } catch (error) {
      next(
        error instanceof errors.JWTExpired
          ? new AppError('session_expired', 'Your session has ended. Sign in again.', { cause: error })
          : error instanceof errors.JOSEError
            ? new AppError('unauthenticated', 'This access token is not valid.', { cause: error })
            : error,
      );
    }
  };
