import type { Session as AuthSession } from '@supabase/supabase-js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cache } from '../../cache/cache.js';
import type { Caller } from '../../lib/caller.js';
import { AppError } from '../../lib/app-error.js';
import type { Supabase } from '../../lib/supabase.js';
import type { MailMode } from '../mail/schema.js';
import type { MailService } from '../mail/service.js';
import { badPassword, fromAuthError, isAway, resetLinkInvalid, sessionEnded } from './auth-error.js';
import { weaknessOf, type Person } from './password-rule.js';
import type { FileLinks } from '../files/links.js';
import { createCredentialsService } from './credentials/service.js';
import { createIdentityService, type Device } from './identity/service.js';
import {
  closePendingLinks,
  deleteRefusedSession,
  selectOptionalPersonOfResetToken,
  selectRegistrationRefusal,
} from './repository.js';
import type { LinkRequested, LoginRequest, RegisterRequest, Session } from './schema.js';
import { createSteadyAnswer, type Outcome } from './steady-answer.js';

// Longer than it takes to verify a password, and to have a mail sent.
const signInBeatMs = 500;
const mailBeatMs = 1000;

const refusalOf = (code: NonNullable<Awaited<ReturnType<typeof selectRegistrationRefusal>>>) => {
  const [detail, field] = {
    unknown_enrolment_code: [
      'No course has this code. Check it with your teacher, or leave it empty.',
      'No course has this code.',
    ],
    enrolment_code_needed: [
      'Registering needs the code of a course. Ask your teacher for it.',
      'Enter the code of your course.',
    ],
    registration_closed: ['This school makes the accounts itself. Ask your teacher for an invitation.'],
  }[code];
  const errors = field ? { errors: [{ path: 'enrolmentCode', message: field }] } : {};
  return new AppError(code, detail ?? '', errors);
};

const linkStatuses: Record<MailMode, LinkRequested['status']> = {
  mailjet: 'sent',
  smtp: 'sent',
  mailbox: 'kept',
  off: 'mail_off',
};

/** Accounts and sessions, over Supabase Auth. `pause` waits so many milliseconds. */
export const createAuthService = ({
  supabase,
  cache,
  links,
  mail,
  pause = sleep,
}: {
  supabase: Supabase;
  cache: Cache;
  links: Pick<FileLinks, 'avatar'>;
  mail: Pick<MailService, 'mode' | 'requestPasswordReset' | 'requestConfirmation'>;
  pause?: (ms: number) => Promise<unknown>;
}) => {
  const identities = createIdentityService({ supabase, cache, links });
  const { begin, forget, forgetEverywhere, profileOf, toSession } = identities;
  const { signIn } = createCredentialsService({ supabase });
  const steadily = (beatMs: number) => createSteadyAnswer({ beatMs, pause, now: () => performance.now() });

  /** By the admin API, so that the auth service can be closed to everybody else and sends no mail of its own. */
  const register = async (request: RegisterRequest, device: Device): Promise<Session | null> => {
    const refusal = await selectRegistrationRefusal(supabase.service, request.enrolmentCode);
    if (refusal) throw refusalOf(refusal);
    const confirms = await supabase.confirmsAddresses();
    const { error } = await supabase.service.auth.admin.createUser({
      email: request.email,
      password: request.password,
      email_confirm: !confirms,
      user_metadata: { full_name: request.fullName, enrolment_code: request.enrolmentCode ?? null },
    });
    // A new address and a known one are told the same.
    if (error && !(confirms && error.code === 'email_exists')) {
      // The school may have closed registration since it was asked, which the auth service cannot tell from a fault.
      const since = await selectRegistrationRefusal(supabase.service, request.enrolmentCode);
      throw since ? refusalOf(since) : fromAuthError(error);
    }
    if (!confirms) return begin(await signIn(request), device);
    // The mail of a new account is on its way; this one is for who registers again in place of looking for it.
    await mail.requestConfirmation(request.email);
    return null;
  };

  /** A refused token is a stolen one or an old one: its session ends, and the access tokens made for it. */
  const endRefused = async (refreshToken: string): Promise<void> => {
    const ended = await deleteRefusedSession(supabase.service, refreshToken);
    if (ended) await forget({ id: ended.userId, sessionId: ended.sessionId });
  };

  return {
    ...identities,

    /** Throws when a password is well known or says who one is. */
    refuseWeak: (password: string, person: Person | null): void => {
      const weakness = weaknessOf(password, person);
      if (weakness) throw badPassword(weakness);
    },

    /** Makes an account; null when its address must be confirmed before the first sign-in. */
    register: (request: RegisterRequest, device: Device): Promise<Session | null> => {
      const weakness = weaknessOf(request.password, request);
      if (weakness) throw badPassword(weakness);
      return steadily(mailBeatMs)(
        () => register(request, device),
        ({ value }: Outcome<Session | null>) => !value,
      );
    },

    /** A refusal takes as long for an unknown address as for a wrong password. */
    login: async (credentials: LoginRequest, device: Device): Promise<Session> => {
      const session = await steadily(signInBeatMs)(
        () => signIn(credentials),
        ({ error }) => error !== undefined,
      );
      return begin(session, device);
    },

    /** A session for the right password, at which no device is noted. Throws wrong_credentials. */
    signIn,

    /** A session for somebody who has just given the password once more. Throws wrong_password. */
    signInAgain: async (caller: Caller, password: string): Promise<AuthSession> => {
      const { email } = await profileOf(caller);
      try {
        return await signIn({ email, password });
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'wrong_credentials')) throw error;
        throw new AppError('wrong_password', 'This is not your password.');
      }
    },

    refresh: async (refreshToken: string): Promise<Session> => {
      const { data, error } = await supabase.anonymous().auth.refreshSession({ refresh_token: refreshToken });
      // Whatever it has against the token, there is no way but to sign in again.
      if (error && isAway(error)) throw fromAuthError(error);
      if (error) {
        await endRefused(refreshToken);
        throw sessionEnded(error);
      }
      if (!data.session) throw sessionEnded();
      return toSession(data.session);
    },

    /** Ends this session, or all of the account; one that has ended already is no error. */
    logout: async (caller: Caller, scope: 'local' | 'global' = 'local'): Promise<void> => {
      const { error } = await supabase.anonymous().auth.admin.signOut(caller.accessToken, scope);
      if (error && isAway(error)) throw fromAuthError(error);
      if (scope === 'global') await closePendingLinks(supabase.service, caller.id);
      await (scope === 'global' ? forgetEverywhere(caller.id) : forget(caller));
    },

    /** Asks for a mail with a link; nothing is looked up before the answer, so it tells nothing about the address. */
    requestPasswordReset: mail.requestPasswordReset,

    /** Asks for another mail by which a new account is confirmed; the answer tells as little. */
    requestConfirmation: mail.requestConfirmation,

    /** What becomes of a link that somebody asked for. */
    linkStatus: linkStatuses[mail.mode],

    /** Opens a new account by the token of the mailed link. */
    confirmAddress: async (token: string, device: Device): Promise<Session> => {
      const { data, error } = await supabase
        .anonymous()
        .auth.verifyOtp({ type: 'signup', token_hash: token });
      if (error) throw isAway(error) ? fromAuthError(error) : resetLinkInvalid(error);
      if (!data.session) throw resetLinkInvalid();
      return begin(data.session, device);
    },

    /** Sets a new password by the token of a mailed link and ends all sessions of the account. */
    confirmPasswordReset: async (token: string, password: string): Promise<void> => {
      const weakness = weaknessOf(password, await selectOptionalPersonOfResetToken(supabase.service, token));
      if (weakness) throw badPassword(weakness);
      const { auth } = supabase.anonymous();
      const verified = await auth.verifyOtp({ type: 'recovery', token_hash: token });
      if (verified.error) {
        const { error } = verified;
        throw isAway(error) || error.code === 'user_banned' ? fromAuthError(error) : resetLinkInvalid(error);
      }
      const updated = await auth.updateUser({ password });
      // The old password again is what was asked for, and the link is used up.
      if (updated.error && updated.error.code !== 'same_password') throw fromAuthError(updated.error);
      const ended = await auth.signOut({ scope: 'global' });
      if (ended.error && isAway(ended.error)) throw fromAuthError(ended.error);
      if (verified.data.user) await forgetEverywhere(verified.data.user.id);
    },
  };
};

export type AuthService = ReturnType<typeof createAuthService>;
