import type { Session as AuthSession } from '@supabase/supabase-js';
import { randomBytes } from 'node:crypto';
import type { Supabase } from '../../../lib/supabase.js';
import { fromAuthError, wrongCredentials } from '../auth-error.js';
import { passwordsMeant } from '../password-as-typed.js';
import { selectCanSignIn } from '../repository.js';
import type { LoginRequest } from '../schema.js';

/** An account without a profile and with a password that nobody knows; the database knows this address, too. */
export const decoyEmail = 'nobody@decoy.invalid';

/**
 * Passwords, held against those of the auth service. An unknown address would be refused without the work of a password,
 * which can be measured when several tries run at once; so one that cannot sign in is tried with a decoy's account: the
 * same queries, the same work, in the same queue.
 */
export const createCredentialsService = ({ supabase }: { supabase: Supabase }) => {
  let made: Promise<void> | null = null;

  const makeDecoy = async (): Promise<void> => {
    const { error } = await supabase.service.auth.admin.createUser({
      email: decoyEmail,
      password: randomBytes(30).toString('base64url'),
      email_confirm: true,
    });
    if (error && error.code !== 'email_exists') throw fromAuthError(error);
  };

  const decoyIsMade = (): Promise<void> => {
    made ??= makeDecoy().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };

  return {
    /** A session for the right password. Throws wrong_credentials, email_not_confirmed and database_unavailable. */
    signIn: async ({ email, password }: LoginRequest): Promise<AuthSession> => {
      // Waited for by every address alike.
      await decoyIsMade();
      const canSignIn = await selectCanSignIn(supabase.service, email);
      const isOpen = canSignIn && email.toLowerCase() !== decoyEmail;
      for (const meant of passwordsMeant(password)) {
        const { data, error } = await supabase
          .anonymous()
          .auth.signInWithPassword({ email: isOpen ? email : decoyEmail, password: meant });
        // Nobody is to come in as the decoy, not even with its password.
        if (!error && isOpen) return data.session;
        if (error && error.code !== 'invalid_credentials') throw fromAuthError(error);
      }
      throw wrongCredentials();
    },
  };
};
