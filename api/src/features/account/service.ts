import type { Cache } from '../../cache/cache.js';
import { CacheKeys } from '../../cache/keys.js';
import { AppError } from '../../lib/app-error.js';
import type { Caller } from '../../lib/caller.js';
import type { Supabase } from '../../lib/supabase.js';
import { fromAuthError, isAway } from '../auth/auth-error.js';
import type { Me, Session } from '../auth/schema.js';
import type { Device } from '../auth/identity/service.js';
import type { AuthService } from '../auth/service.js';
import type { MailService } from '../mail/service.js';
import { deleteSession, isEmailChangeOpen, selectSessions, updateFullName } from './repository.js';
import type { AccountSession, ChangeEmailRequest, ChangePasswordRequest } from './schema.js';

const emailLinkInvalid = (cause: unknown) =>
  new AppError('reset_link_invalid', 'The link was used already or is too old. Change the address again.', {
    cause,
  });

/** What people do with their own account. Whatever could lock them out asks for the password once more. */
export const createAccountService = ({
  supabase,
  cache,
  auth,
  mail,
}: {
  supabase: Supabase;
  cache: Cache;
  auth: AuthService;
  mail: Pick<MailService, 'requestEmailChange'>;
}) => ({
  rename: async (caller: Caller, fullName: string): Promise<Me> => {
    await updateFullName(supabase.forUser(caller.accessToken), caller.id, fullName);
    await auth.forgetEverywhere(caller.id);
    // A course shows who teaches it.
    if (caller.role !== 'student') await cache.invalidateCache(CacheKeys.everyOutline(caller.organizationId));
    return auth.profileOf(caller);
  },

  /** Ends all other sessions; the answer is a new session in place of the caller's, so that an old token is worth nothing. */
  changePassword: async (
    caller: Caller,
    { currentPassword, password }: ChangePasswordRequest,
    device: Device,
  ): Promise<Session> => {
    const { email, fullName, organization } = await auth.profileOf(caller);
    auth.refuseWeak(password, { email, fullName, organizationName: organization.name });
    const again = await auth.signInAgain(caller, currentPassword);
    const client = supabase.anonymous().auth;
    await client.setSession(again);
    const updated = await client.updateUser({ password });
    if (updated.error) throw fromAuthError(updated.error);
    const session = await auth.begin(again, device, caller.sessionId || null);
    const ended = await supabase.anonymous().auth.admin.signOut(again.access_token, 'others');
    if (ended.error && isAway(ended.error)) throw fromAuthError(ended.error);
    await auth.forgetEverywhere(caller.id);
    return session;
  },

  /** Asks for a mail to the new address; the address changes when its link is opened. A taken one is told nothing else. */
  requestEmailChange: async (
    caller: Caller,
    { currentPassword, email }: ChangeEmailRequest,
  ): Promise<void> => {
    const again = await auth.signInAgain(caller, currentPassword);
    await supabase.anonymous().auth.admin.signOut(again.access_token, 'local');
    await mail.requestEmailChange(caller.id, email);
  },

  /** Takes the link in the mail to the new address. */
  confirmEmail: async (token: string): Promise<void> => {
    if (!(await isEmailChangeOpen(supabase.service, token))) throw emailLinkInvalid(null);
    const client = supabase.anonymous().auth;
    const { data, error } = await client.verifyOtp({ type: 'email_change', token_hash: token });
    if (error) throw isAway(error) ? fromAuthError(error) : emailLinkInvalid(error);
    // The link proves an address; it signs nobody in.
    if (data.session) await client.signOut({ scope: 'local' });
    if (data.user) await auth.forgetEverywhere(data.user.id);
  },

  sessions: async (caller: Caller): Promise<AccountSession[]> => {
    const rows = await selectSessions(supabase.service, caller.id);
    return rows.map((row) => ({ ...row, current: row.id === caller.sessionId }));
  },

  /** Ends one session of the caller. Throws not_found for one that has ended, or is somebody else's. */
  endSession: async (caller: Caller, sessionId: string): Promise<void> => {
    if (!(await deleteSession(supabase.service, caller.id, sessionId))) {
      throw new AppError('not_found', 'This session has ended already.');
    }
    await auth.forgetEverywhere(caller.id);
  },

  signOutEverywhere: (caller: Caller): Promise<void> => auth.logout(caller, 'global'),
});

export type AccountService = ReturnType<typeof createAccountService>;
