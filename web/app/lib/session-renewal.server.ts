import type { Session as ApiSession } from '@coding-platform/api/schema/auth';
import { getEnv } from './env.server.js';
import { toSession, type Session } from './session.server.js';

export type Renewal =
  { outcome: 'renewed'; session: Session } | { outcome: 'ended' } | { outcome: 'unavailable' };

/**
 * Asks for a new session; resolves to `ended` when the refresh token is no longer good. `from` is the request that needs
 * it, with the address of its browser.
 */
export type Refresh = (
  refreshToken: string,
  from: { requestId: string; address: string },
) => Promise<Renewal>;

const renewBeforeMs = 60_000;
// Requests of one page arrive within this time and still carry the old refresh token, which works only once.
const sharedForMs = 30_000;

/** True when the access token has run out or will within a minute, and for a session of an earlier release without id. */
export function needsRenewal(session: Session, nowMs: number): boolean {
  const { id } = session.user as { id?: string };
  return id === undefined || Date.parse(session.expiresAt) - nowMs < renewBeforeMs;
}

/**
 * Refreshes each refresh token once in this process, however many requests ask, and shares the result for some seconds.
 * A failure to reach the api is not shared: the next request tries again.
 */
export function createRenewal(refresh: Refresh, keepMs = sharedForMs): Refresh {
  const pending = new Map<string, Promise<Renewal>>();
  return (refreshToken, from) => {
    const known = pending.get(refreshToken);
    if (known) return known;
    const renewal = refresh(refreshToken, from).then((result) => {
      if (result.outcome === 'unavailable') pending.delete(refreshToken);
      else setTimeout(() => pending.delete(refreshToken), keepMs).unref();
      return result;
    });
    pending.set(refreshToken, renewal);
    return renewal;
  };
}

/** Asks the api; anything but a new session or a clear refusal counts as unavailable, so nobody is signed out by a restart. */
export const refreshAtApi: Refresh = async (refreshToken, { requestId, address }) => {
  try {
    const response = await fetch(`${getEnv().apiUrl}/api/auth/refresh`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'X-Request-Id': requestId,
        ...(address ? { 'X-Forwarded-For': address } : {}),
      },
      body: JSON.stringify({ refreshToken }),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.ok) return { outcome: 'renewed', session: toSession((await response.json()) as ApiSession) };
    return { outcome: response.status === 401 || response.status === 400 ? 'ended' : 'unavailable' };
  } catch {
    return { outcome: 'unavailable' };
  }
};
