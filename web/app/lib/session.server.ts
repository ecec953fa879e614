import { createCookieSessionStorage, redirect, redirectDocument } from '@remix-run/node';
import type { Me, Session as ApiSession } from '@coding-platform/api/schema/auth';
import { getEnv } from './env.server.js';
import { unreachableProblem } from './api-problem.js';
import { noticeCookie, type Notice } from './notice.server.js';
import { signInPath } from './safe-next.js';
import type { SessionUser } from './session-user.js';

export interface Session {
  accessToken: string;
  refreshToken: string;
  /** ISO time (UTC) at which the access token stops working. */
  expiresAt: string;
  user: SessionUser;
}

/** Set by the host, never by a browser: the session has run out and the api could not be asked for a new one. */
export const renewalFailedHeader = 'x-session-renewal-failed';

// Browsers drop a cookie larger than 4096 bytes without a word.
const cookieMaxBytes = 4096;
const nameMaxLength = 80;

const storage = () =>
  createCookieSessionStorage<{ session: Session }>({
    cookie: {
      name: 'session',
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: getEnv().https,
      secrets: [getEnv().sessionSecret],
      maxAge: 30 * 24 * 3600,
    },
  });

/** What of the api's session the cookie keeps. */
export function toSession(from: ApiSession): Session {
  return {
    accessToken: from.accessToken,
    refreshToken: from.refreshToken,
    expiresAt: from.expiresAt,
    user: sessionUser(from.user),
  };
}

/** What pages show of a person, clipped so that the cookie that keeps it cannot outgrow a browser's limit. */
export function sessionUser(from: Me): SessionUser {
  return {
    id: from.id,
    fullName: from.fullName.slice(0, nameMaxLength),
    email: from.email,
    role: from.role,
    organizationName: from.organization.name.slice(0, nameMaxLength),
    avatarUrl: from.avatar?.smallUrl ?? null,
  };
}

/** The Set-Cookie value that signs this browser in. Throws when the tokens are too long for a cookie. */
export async function sessionCookie(session: Session): Promise<string> {
  const { getSession, commitSession } = storage();
  const cookie = await getSession();
  cookie.set('session', session);
  const header = await commitSession(cookie);
  if (Buffer.byteLength(header) > cookieMaxBytes) {
    throw new Error(
      `The session cookie would have ${Buffer.byteLength(header)} bytes and browsers keep ${cookieMaxBytes}: ` +
        'remove custom claims from the access token.',
    );
  }
  return header;
}

/** The Set-Cookie value that forgets the session. */
export async function clearedSessionCookie(): Promise<string> {
  const { getSession, destroySession } = storage();
  return destroySession(await getSession());
}

/** The session in a Cookie header, or null. It may have run out: the host renews it before a loader sees it. */
export async function readSession(cookieHeader: string | null): Promise<Session | null> {
  const cookie = await storage().getSession(cookieHeader);
  return cookie.get('session') ?? null;
}

/** The signed-in user's session, or null. */
export function getOptionalSession(request: Request): Promise<Session | null> {
  return readSession(request.headers.get('Cookie'));
}

/** The signed-in user's session. Throws a redirect to /login, in a new document, from where the way leads back to this page. */
export async function requireSession(request: Request): Promise<Session> {
  const session = await getOptionalSession(request);
  if (!session) throw redirectDocument(signInPath(request));
  if (request.headers.has(renewalFailedHeader)) {
    throw unreachableProblem(request.headers.get('x-request-id') ?? '');
  }
  return session;
}

/** For pages that only make sense signed out. Throws a redirect to `to` when somebody is signed in. */
export async function requireSignedOut(request: Request, to: string): Promise<void> {
  if (await getOptionalSession(request)) throw redirect(to);
}

/** A redirect to /login that forgets the session and says why; for an api that no longer accepts its token. */
export async function sessionEnded(request: Request, notice: Notice = 'session_ended'): Promise<Response> {
  const headers = new Headers();
  headers.append('Set-Cookie', await clearedSessionCookie());
  headers.append('Set-Cookie', await noticeCookie(notice));
  return redirectDocument(signInPath(request), { headers });
}
