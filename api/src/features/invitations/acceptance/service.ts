import { AppError } from '../../../lib/app-error.js';
import type { Supabase } from '../../../lib/supabase.js';
import type { AuthService } from '../../auth/service.js';
import { acceptInvitation } from '../repository.js';
import type { AcceptInvitationRequest, OpenInvitation } from '../schema.js';

const taken = (message: string, cause?: unknown) => new AppError('email_taken', message, { cause });

/** What somebody does who has the link of an invitation. */
export const createAcceptanceService = ({
  supabase,
  auth,
  readOpen,
}: {
  supabase: Supabase;
  auth: Pick<AuthService, 'signIn' | 'refuseWeak' | 'forgetEverywhere'>;
  readOpen: (token: string) => Promise<OpenInvitation>;
}) => {
  /** Whoever registered before opening the link: the link proves the address, the password the account. */
  const acceptWithAccount = async (email: string, password: string, token: string): Promise<void> => {
    const session = await auth.signIn({ email, password }).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'wrong_credentials')) throw error;
      throw taken('You have an account with this address already. Enter its password to accept.', error);
    });
    const became = await acceptInvitation(supabase.service, session.user.id, token);
    await supabase.anonymous().auth.admin.signOut(session.access_token, 'local');
    await auth.forgetEverywhere(session.user.id);
    if (became === 'elsewhere') {
      throw taken('Your account with this address stays with another school. Ask to be invited elsewhere.');
    }
    // Most likely somebody was faster with the same link.
    if (became === null) await readOpen(token);
  };

  return {
    /**
     * Makes the account, which is confirmed: the link was sent to its address. An account that is there takes the
     * invitation with its own password. Throws invitation_invalid, email_taken.
     */
    accept: async ({ token, fullName, password }: AcceptInvitationRequest): Promise<{ email: string }> => {
      const { email, organizationName } = await readOpen(token);
      auth.refuseWeak(password, { email, fullName, organizationName });
      const { error } = await supabase.service.auth.admin.createUser({
        email,
        password,
        email_confirm: true,
        user_metadata: { full_name: fullName, invitation_token: token },
      });
      if (error?.code === 'email_exists') await acceptWithAccount(email, password, token);
      else if (error) {
        // The database took no account: most likely somebody was faster with the same link.
        await readOpen(token);
        throw new Error(`auth: ${error.code ?? ''} ${error.message}`, { cause: error });
      }
      return { email };
    },
  };
};
