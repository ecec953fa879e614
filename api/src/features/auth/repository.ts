import type { SecondFactorState } from '../../lib/caller.js';
import { dataOf, type Client } from '../../lib/supabase.js';
import type { Me } from './schema.js';

export interface Identity extends Omit<Me, 'avatar'> {
  avatarFileId: string | null;
  secondFactor: SecondFactorState;
  sessionEnded: boolean;
  deactivated: boolean;
}

/** All that is told of an ended session or a deactivated account. */
export type UselessIdentity = Pick<Identity, 'sessionEnded' | 'deactivated'> & { id?: undefined };

/** Who the owner of this client's token is, or null when the account is deleted. */
export const selectOptionalIdentity = (client: Client): Promise<Identity | UselessIdentity | null> =>
  dataOf(client.rpc('my_identity'));

/** Why someone cannot register with this code, or with none; null when they can. `client` is the service's. */
export const selectRegistrationRefusal = (
  client: Client,
  code: string | undefined,
): Promise<'unknown_enrolment_code' | 'registration_closed' | 'enrolment_code_needed' | null> =>
  dataOf(client.rpc('registration_refusal', { code: code ?? '' }));

/** Notes where a session began. `continued` is the one that it replaces. `client` is the service's. */
export const insertSignIn = async (
  client: Client,
  signIn: { sessionId: string; userId: string; address: string; userAgent: string; continued: string | null },
): Promise<void> => {
  await dataOf(
    client.rpc('record_sign_in', {
      session: signIn.sessionId,
      person: signIn.userId,
      address: signIn.address,
      user_agent: signIn.userAgent,
      continued: signIn.continued,
    }),
  );
};

/** Whose link to a new password this is, or null for one that is no good. `client` is the service's. */
export const selectOptionalPersonOfResetToken = (
  client: Client,
  token: string,
): Promise<{ email: string; fullName: string; organizationName: string } | null> =>
  dataOf(client.rpc('person_of_reset_token', { token }));

/** Makes every mailed link of a person worthless that is not used yet. `client` is the service's. */
export const closePendingLinks = async (client: Client, userId: string): Promise<void> => {
  await dataOf(client.rpc('close_pending_links', { person: userId }));
};

/** Ends the session of a refresh token; null when it belongs to none. `client` is the service's. */
export const deleteRefusedSession = (
  client: Client,
  token: string,
): Promise<{ userId: string; sessionId: string } | null> =>
  dataOf(client.rpc('end_refused_session', { token }));

/** Whether a sign-in with this address can succeed with the right password. `client` is the service's. */
export const selectCanSignIn = (client: Client, email: string): Promise<boolean> =>
  dataOf<boolean>(client.rpc('can_sign_in', { address: email }));
