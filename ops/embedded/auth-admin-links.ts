import { randomInt } from 'node:crypto';
import { AuthAdminError } from './auth-admin-error.js';
import {
  addressMissing,
  digest,
  duplicateEmail,
  foundUser,
  hashedPassword,
  linkParameters,
  parseParameters,
  type LinkParameters,
} from './auth-admin-parameters.js';
import type { AuthDatabase, AuthStore, AuthUserRow } from './auth-store.js';
import { toAuthUser } from './auth-user.js';

const otpLength = 6;

/** The account that a link is for; GoTrue makes one for an invitation or a sign-up. */
const accountFor = async (
  store: AuthStore,
  { type, email, data }: LinkParameters,
  encryptedPassword: string | null,
): Promise<AuthUserRow> => {
  const user = await store.userByEmail(email);
  if (!user) {
    const account = { email, encrypted_password: encryptedPassword };
    return store.insertUser(account, data);
  }
  if ((type === 'signup' || type === 'invite') && user.email_confirmed_at) throw duplicateEmail();
  return user;
};

/** Where the token is kept, with what else a link of this type changes. */
const tokenColumns = ({ type, new_email: newEmail }: LinkParameters, token: string, now: string) => {
  switch (type) {
    case 'recovery':
    case 'magiclink':
      return { recovery_token: token, recovery_sent_at: now };
    case 'email_change_new':
      return { email_change: newEmail ?? null, email_change_token_new: token, email_change_sent_at: now };
    case 'invite':
      return { confirmation_token: token, confirmation_sent_at: now, invited_at: now };
    case 'signup':
      return { confirmation_token: token, confirmation_sent_at: now };
  }
};

/** /admin/generate_link of GoTrue: a one-time token for an account, in a link that is returned and not mailed. */
export const createLinkAdmin = (store: AuthDatabase, { siteUrl }: { siteUrl: string }) => {
  const issue = (parameters: LinkParameters, password: string | null, token: string) =>
    store.transaction(async (inside) => {
      const { id } = await accountFor(inside, parameters, password);
      return inside.updateUser(id, tokenColumns(parameters, token, new Date().toISOString()));
    });

  return async (url: URL, body: unknown): Promise<Response> => {
    const parameters = parseParameters(linkParameters, body);
    const known = await store.userByEmail(parameters.email);
    if (parameters.type === 'recovery' || parameters.type === 'email_change_new') {
      foundUser(known, 'User with this email not found');
    }
    if (parameters.type === 'email_change_new') {
      if (!parameters.new_email) throw addressMissing();
      if (await store.userByEmail(parameters.new_email)) throw duplicateEmail();
    }
    if (!known && parameters.type === 'magiclink') parameters.type = 'signup';
    if (!known && parameters.type === 'signup' && !parameters.password) {
      throw new AuthAdminError(400, 'validation_failed', 'Signup requires a valid password');
    }
    const password =
      !known && parameters.type === 'signup' && parameters.password
        ? await hashedPassword(parameters.password)
        : null;
    const otp = String(randomInt(10 ** otpLength)).padStart(otpLength, '0');
    // The form in which the embedded server stores its one-time tokens and looks for them.
    const token = digest((parameters.new_email ?? parameters.email) + otp).toString('hex');
    const user = await issue(parameters, password, token);
    const redirectTo = url.searchParams.get('redirect_to') ?? siteUrl;
    const type = parameters.type === 'email_change_new' ? 'email_change' : parameters.type;
    const next = /[&=#]/.test(redirectTo) ? encodeURIComponent(redirectTo) : redirectTo;
    return Response.json({
      ...toAuthUser(user, await store.identitiesOf([user.id])),
      action_link: `${url.origin}/auth/v1/verify?token=${token}&type=${type}&redirect_to=${next}`,
      email_otp: otp,
      // As GoTrue has it, of the present address also where the token is one of the new address.
      hashed_token: digest(parameters.email + otp).toString('hex'),
      verification_type: parameters.type,
      redirect_to: redirectTo,
    });
  };
};
