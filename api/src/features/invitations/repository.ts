import { dataOf, isoTime, optionalIsoTime, type Client } from '../../lib/supabase.js';

import type { Invitation, InvitationList, InvitationState, OpenInvitation } from './schema.js';

interface Origin {
  actor: string;
  address: string;
  requestId: string;
}

const toInvitation = (row: Invitation): Invitation => ({
  ...row,
  sentAt: isoTime(row.sentAt),
  expiresAt: isoTime(row.expiresAt),
  acceptedAt: optionalIsoTime(row.acceptedAt),
});

/** A page of an organization's invitations, newest first. `client` is the service's, here and below. */
export const selectInvitations = async (
  client: Client,
  organizationId: string,
  filter: { q: string; state: InvitationState | undefined; offset: number; limit: number },
): Promise<InvitationList> => {
  const { total, invitations } = await dataOf<InvitationList>(
    client.rpc('list_invitations', {
      organization: organizationId,
      search: filter.q,
      only_state: filter.state ?? '',
      skip: filter.offset,
      take: filter.limit,
    }),
  );
  return { total, invitations: invitations.map(toInvitation) };
};

/** Address of an invitation that is open or has run out, or null. */
export const selectOptionalPending = (
  client: Client,
  organizationId: string,
  id: string,
): Promise<{ email: string } | null> =>
  dataOf(
    client
      .from('invitations')
      .select('email')
      .match({ id, organization_id: organizationId })
      .is('accepted_at', null)
      .is('withdrawn_at', null)
      .maybeSingle(),
  );

/** What is known of addresses: member or invited; others are left out. */
export const selectKnownAddresses = (
  client: Client,
  organizationId: string,
  addresses: string[],
): Promise<Record<string, 'member' | 'invited'>> =>
  dataOf(client.rpc('known_addresses', { organization: organizationId, addresses }));

/** Ids of an organization's courses by slug. */
export const selectCourseIds = async (
  client: Client,
  organizationId: string,
): Promise<Map<string, string>> => {
  const rows = await dataOf<{ id: string; slug: string }[]>(
    client.from('courses').select('id, slug').eq('organization_id', organizationId),
  );
  return new Map(rows.map(({ id, slug }) => [slug, id]));
};

export interface NewInvitation {
  id: string;
  email: string;
  fullName: string;
  role: Invitation['role'];
  courseId: string | null;
  tokenHash: string;
  path: string;
}

export type Created = Record<string, 'created' | 'invited' | 'member'>;

/** Invites people, queues their mails and writes audit rows in one transaction; what became of each address. */
export const insertInvitations = (
  client: Client,
  origin: Origin,
  items: NewInvitation[],
  validDays: number,
): Promise<Created> => dataOf(client.rpc('create_invitations', { origin, items, valid_days: validDays }));

/** `open` when it was queued once more; else why not, or null when there is none such. */
export const resendInvitation = (
  client: Client,
  origin: Origin,
  invitation: { id: string; path: string; validDays: number },
): Promise<InvitationState | 'too_soon' | null> =>
  dataOf(
    client.rpc('resend_invitation', {
      origin,
      invitation: invitation.id,
      path: invitation.path,
      valid_days: invitation.validDays,
    }),
  );

/** The state that it was in; null when there is none such. */
export const withdrawInvitation = (
  client: Client,
  origin: Origin,
  id: string,
): Promise<InvitationState | null> => dataOf(client.rpc('withdraw_invitation', { origin, invitation: id }));

/** What a token stands for, or null when it was never given out. */
export const selectOptionalByToken = async (
  client: Client,
  token: string,
): Promise<(OpenInvitation & { state: InvitationState }) | null> => {
  const row = await dataOf<(OpenInvitation & { state: InvitationState }) | null>(
    client.rpc('invitation_by_token', { token }),
  );
  return row && { ...row, expiresAt: isoTime(row.expiresAt) };
};

/** Takes an invitation for an account that is there; `elsewhere` when it stays with another organization, null for none. */
export const acceptInvitation = (
  client: Client,
  userId: string,
  token: string,
): Promise<'accepted' | 'elsewhere' | null> =>
  dataOf(client.rpc('accept_invitation', { person: userId, token }));
