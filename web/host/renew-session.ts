import type { RequestHandler } from 'express';
import { noticeCookie } from '../app/lib/notice.server.js';
import {
  createRenewal,
  needsRenewal,
  refreshAtApi,
  type Refresh,
} from '../app/lib/session-renewal.server.js';
import {
  clearedSessionCookie,
  readSession,
  renewalFailedHeader,
  sessionCookie,
} from '../app/lib/session.server.js';
import { replaceCookies } from './cookie-header.js';

/**
 * Renews a session that is about to run out before any loader runs, so that every loader of the request sees the new
 * one and the browser gets it exactly once. A session that cannot be renewed is forgotten, with a notice that says so.
 */
export function renewSession(refresh: Refresh = createRenewal(refreshAtApi)): RequestHandler {
  return async (req, res, next) => {
    try {
      delete req.headers[renewalFailedHeader];
      const session = await readSession(req.headers.cookie ?? null);
      if (!session || !needsRenewal(session, Date.now())) return next();
      const renewal = await refresh(session.refreshToken, String(req.headers['x-request-id'] ?? ''));
      if (renewal.outcome === 'unavailable') {
        if (Date.parse(session.expiresAt) <= Date.now()) req.headers[renewalFailedHeader] = '1';
        return next();
      }
      const cookies =
        renewal.outcome === 'renewed'
          ? [await sessionCookie(renewal.session)]
          : [await clearedSessionCookie(), await noticeCookie('session_ended')];
      req.headers.cookie = replaceCookies(req.headers.cookie ?? '', cookies);
      for (const cookie of cookies) res.append('Set-Cookie', cookie);
      next();
    } catch (error) {
      next(error);
    }
  };
}
