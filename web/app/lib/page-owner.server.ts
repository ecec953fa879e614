import type { ApiProblemData } from './api-problem.js';
import { signedInAsHeader } from './page-owner-names.js';
import type { Session } from './session.server.js';

/** The id of the user of a session. */
const ownerOf = ({ user }: Session): string => user.id;

/** True when a page that names `owner` must not act in this session. A form that names nobody may not either. */
export const isOtherOwner = (owner: string | null, session: Session): boolean => owner !== ownerOf(session);

/** The 409 answer, for a page's script and for the error page alike: it says who is signed in now. */
export function otherOwnerAnswer(
  session: Session,
  requestId: string,
): { body: ApiProblemData; headers: Record<string, string> } {
  const { fullName } = session.user;
  const detail = `You are signed in as ${fullName} in this browser now. Nothing was read or saved.`;
  return {
    headers: { [signedInAsHeader]: encodeURIComponent(fullName), 'Cache-Control': 'private, no-store' },
    body: {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      code: 'other_owner',
      detail,
      requestId,
      signedInAs: fullName,
      ok: false,
      failure: { code: 'other_owner', detail, requestId, retryAfterSeconds: null },
    },
  };
}
