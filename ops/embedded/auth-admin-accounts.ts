import { AuthAdminError } from './auth-admin-error.js';
import {
  accountParameters,
  demandLength,
  duplicateEmail,
  foundUser,
  hashedPassword,
  parseParameters,
} from './auth-admin-parameters.js';
import { banUntil } from './auth-ban.js';
import { objectOf, type AuthDatabase, type AuthUserRow } from './auth-store.js';
import { toAuthUser } from './auth-user.js';

type Metadata = AuthUserRow['raw_user_meta_data'];

/** What is stored with more on top; a member that is null goes away. */
const merged = (stored: Metadata, more: Record<string, unknown>): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries({ ...objectOf(stored), ...more }).filter(([, value]) => value !== null),
    ),
  );

const pageOf = (url: URL): { page: number; perPage: number } => ({
  page: Math.max(1, Number(url.searchParams.get('page')) || 1),
  perPage: Math.min(1000, Math.max(1, Number(url.searchParams.get('per_page')) || 50)),
});

/** Listing, making, changing and deleting accounts: /admin/users of GoTrue. */
export const createAccountAdmin = (store: AuthDatabase, minimumPasswordLength: number) => {
  const answerOf = async (user: AuthUserRow): Promise<Response> =>
    Response.json(toAuthUser(user, await store.identitiesOf([user.id])));

  const changesOf = async (user: AuthUserRow, body: unknown): Promise<Partial<AuthUserRow>> => {
    const { email, password, ...given } = parseParameters(accountParameters, body);
    if (email && email !== user.email && (await store.userByEmail(email))) {
      // GoTrue leaves this one to the database, and answers as it does whenever that fails.
      throw new AuthAdminError(500, 'unexpected_failure', 'Error updating user');
    }
    const changes: Partial<AuthUserRow> = {};
    if (email) changes.email = email;
    if (password !== undefined) {
      demandLength(password, minimumPasswordLength);
      changes.encrypted_password = await hashedPassword(password);
    }
    const verified = given.email_confirm ? { email_verified: true } : {};
    if (given.email_confirm) changes.email_confirmed_at = user.email_confirmed_at ?? new Date().toISOString();
    if (given.ban_duration) changes.banned_until = banUntil(given.ban_duration);
    if (given.user_metadata ?? given.email_confirm) {
      changes.raw_user_meta_data = merged(user.raw_user_meta_data, { ...given.user_metadata, ...verified });
    }
    if (given.app_metadata) changes.raw_app_meta_data = merged(user.raw_app_meta_data, given.app_metadata);
    return changes;
  };

  return {
    list: async (url: URL): Promise<Response> => {
      const { page, perPage } = pageOf(url);
      const { rows, total } = await store.users((page - 1) * perPage, perPage);
      const identities = await store.identitiesOf(rows.map(({ id }) => id));
      const last = Math.max(1, Math.ceil(total / perPage));
      const link = (to: number, rel: string) =>
        `<${url.pathname.replace('/auth/v1', '')}?page=${to}&per_page=${perPage}>; rel="${rel}"`;
      const links = [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')];
      return Response.json(
        { users: rows.map((row) => toAuthUser(row, identities)), aud: 'authenticated' },
        { headers: { 'X-Total-Count': String(total), Link: links.join(', ') } },
      );
    },

    read: async (id: string): Promise<Response> => answerOf(foundUser(await store.userById(id))),

    create: async (body: unknown): Promise<Response> => {
      const { email, password, ...given } = parseParameters(accountParameters, body);
      if (!email) {
        const message = 'Cannot create a user without either an email or phone';
        throw new AuthAdminError(400, 'validation_failed', message);
      }
      if (await store.userByEmail(email)) throw duplicateEmail();
      const values = {
        email,
        encrypted_password: password ? await hashedPassword(password) : null,
        email_confirmed_at: given.email_confirm ? new Date().toISOString() : null,
        banned_until: given.ban_duration ? banUntil(given.ban_duration) : null,
        raw_app_meta_data: merged({ provider: 'email', providers: ['email'] }, given.app_metadata ?? {}),
      };
      const userMetadata = {
        ...given.user_metadata,
        ...(given.email_confirm ? { email_verified: true } : {}),
      };
      return answerOf(await store.transaction((inside) => inside.insertUser(values, userMetadata)));
    },

    update: async (id: string, body: unknown): Promise<Response> => {
      const changes = await changesOf(foundUser(await store.userById(id)), body);
      const updated = await store.transaction(async (inside) => {
        if (changes.email) await inside.updateEmailIdentity(id, changes.email);
        return inside.updateUser(id, changes);
      });
      return answerOf(updated);
    },

    remove: async (id: string): Promise<Response> => {
      foundUser(await store.userById(id));
      await store.transaction((inside) => inside.deleteUser(id));
      return Response.json({});
    },
  };
};
