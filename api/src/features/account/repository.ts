import { AppError } from '../../lib/app-error.js';
import { dataOf, isoTime, type Client } from '../../lib/supabase.js';

interface SessionRow {
  id: string;
  startedAt: string;
  lastSeenAt: string;
  address: string;
  userAgent: string;
}

/** Changes the caller's own name; row-level security lets nobody change another's. */
export const updateFullName = async (client: Client, userId: string, fullName: string): Promise<void> => {
  const changed = client.from('users').update({ full_name: fullName }).eq('id', userId).select('id');
  // A session may end between its check and this.
  if ((await dataOf<object[]>(changed)).length === 0) {
    throw new AppError('session_expired', 'Your session has ended. Sign in again.');
  }
};

/** The open sessions of a person, newest first. `client` is the service's. */
export const selectSessions = async (client: Client, userId: string): Promise<SessionRow[]> => {
  const rows = await dataOf<SessionRow[]>(client.rpc('list_sessions', { person: userId }));
  return rows.map((row) => ({
    ...row,
    startedAt: isoTime(row.startedAt),
    lastSeenAt: isoTime(row.lastSeenAt),
  }));
};

/** Ends one session of a person; false when there is no such session. `client` is the service's. */
export const deleteSession = (client: Client, userId: string, sessionId: string): Promise<boolean> =>
  dataOf<boolean>(client.rpc('end_session', { person: userId, session: sessionId }));

/** Whether the link of this token is the one that was asked for last, and nothing has closed it since. `client` is the service's. */
export const isEmailChangeOpen = (client: Client, token: string): Promise<boolean> =>
  dataOf<boolean>(client.rpc('email_change_is_open', { token }));
