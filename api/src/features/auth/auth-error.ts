import type { AuthError } from '@supabase/supabase-js';
import { AppError } from '../../lib/app-error.js';

export const resetLinkInvalid = (cause?: unknown) =>
  new AppError('reset_link_invalid', 'The link was used already or is too old. Ask for a new one.', {
    cause,
  });

export const sessionEnded = (cause?: unknown) =>
  new AppError('session_expired', 'Your session has ended. Sign in again.', { cause });

/** Also of an account that was deactivated: only its owner is told so, by a link that was mailed to the address. */
export const wrongCredentials = () =>
  new AppError('wrong_credentials', 'The e-mail address or the password is wrong.');

/** An administrator closed the account. */
export const accountDeactivated = () =>
  new AppError('account_deactivated', 'This account is closed. Ask your school.');

/** What a chosen password is refused with. */
export const badPassword = (message: string) =>
  new AppError('invalid_request', message, { errors: [{ path: 'password', message }] });

const isBroken = (error: AuthError): boolean => !error.status || error.status >= 500;

// 409: two refreshes of one session at the same time.
const busyStatuses = [408, 409, 429];

/** The auth service is away, broken or busy; what it said of the request means nothing. */
export const isAway = (error: AuthError): boolean =>
  isBroken(error) || busyStatuses.includes(error.status ?? 0);

/** An error of the auth service as one of ours. */
export const fromAuthError = (error: AuthError): Error => {
  if (isBroken(error)) {
    return new AppError('database_unavailable', 'The sign-in service does not answer.', {
      retryAfterSeconds: 5,
      cause: error,
    });
  }
  // What the client makes of session_not_found, without its code.
  if (error.name === 'AuthSessionMissingError') return sessionEnded(error);
  switch (error.code) {
    case 'user_already_exists':
    case 'email_exists':
      return new AppError('email_taken', 'There is an account with this address already. Sign in instead.');
    case 'invalid_credentials':
      return wrongCredentials();
    case 'email_not_confirmed':
      return new AppError('email_not_confirmed', 'Open the link that we sent to your address, then sign in.');
    case 'email_address_invalid':
    case 'email_address_not_authorized':
      return new AppError('invalid_request', 'No mail can be sent to this address. Use another one.', {
        errors: [{ path: 'email', message: 'No mail can be sent to this address.' }],
      });
    case 'signup_disabled':
    case 'email_provider_disabled':
      return new AppError('forbidden', 'This school makes the accounts itself. Ask your teacher.');
    case 'user_banned':
      return accountDeactivated();
    case 'weak_password':
      return badPassword(error.message);
    case 'same_password':
      return badPassword('This is the password that you have now. Choose another one.');
    case 'over_request_rate_limit':
    case 'over_email_send_rate_limit':
    case 'request_timeout':
    case 'conflict':
      return new AppError('too_many_requests', 'Too many tries. Wait a minute.', { retryAfterSeconds: 60 });
    case 'refresh_token_not_found':
    case 'refresh_token_already_used':
    case 'session_not_found':
    case 'session_expired':
    case 'bad_jwt':
    case 'no_authorization':
    case 'user_not_found':
      return sessionEnded(error);
    default:
  }
  return new Error(`auth: ${error.code ?? ''} ${error.message}`, { cause: error });
};
