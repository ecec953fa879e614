import { objectOf, type AuthUserRow, type IdentityRow } from './auth-store.js';

const iso = (moment: string | Date | null): string | undefined =>
  moment === null ? undefined : new Date(moment).toISOString();

const toIdentity = (row: IdentityRow) => ({
  identity_id: row.id,
  id: row.provider_id,
  user_id: row.user_id,
  identity_data: objectOf(row.identity_data),
  provider: row.provider,
  last_sign_in_at: iso(row.last_sign_in_at),
  created_at: iso(row.created_at),
  updated_at: iso(row.updated_at),
  email: objectOf(row.identity_data)['email'],
});

/** An account as GoTrue's JSON shows it; `identities` may be those of several accounts. */
export const toAuthUser = (row: AuthUserRow, identities: IdentityRow[]) => ({
  id: row.id,
  aud: row.aud ?? 'authenticated',
  role: row.role ?? 'authenticated',
  email: row.email ?? '',
  phone: row.phone ?? '',
  email_confirmed_at: iso(row.email_confirmed_at),
  confirmed_at: iso(row.email_confirmed_at),
  invited_at: iso(row.invited_at),
  confirmation_sent_at: iso(row.confirmation_sent_at),
  recovery_sent_at: iso(row.recovery_sent_at),
  email_change_sent_at: iso(row.email_change_sent_at),
  new_email: row.email_change || undefined,
  last_sign_in_at: iso(row.last_sign_in_at),
  banned_until: iso(row.banned_until),
  app_metadata: objectOf(row.raw_app_meta_data),
  user_metadata: objectOf(row.raw_user_meta_data),
  identities: identities.filter(({ user_id }) => user_id === row.id).map(toIdentity),
  created_at: iso(row.created_at),
  updated_at: iso(row.updated_at),
  is_anonymous: row.is_anonymous,
});
