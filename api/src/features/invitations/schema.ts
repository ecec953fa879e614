import { z } from 'zod';
import { email, fullName, newPassword, optionalFullName, role } from '../auth/schema.js';

export const invitationState = z
  .enum(['open', 'expired', 'accepted', 'withdrawn'])
  .meta({ id: 'InvitationState' });
export type InvitationState = z.infer<typeof invitationState>;

export const invitationPageSize = 25;

export const invitationQuery = z.object({
  /** A part of the address or the name. */
  q: z.string().trim().max(200).default(''),
  state: invitationState.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(invitationPageSize),
});
export type InvitationQuery = z.infer<typeof invitationQuery>;

export const invitation = z
  .object({
    id: z.guid(),
    email: z.string(),
    fullName: z.string().nullable(),
    role,
    state: invitationState,
    courseTitle: z.string().nullable(),
    inviterName: z.string(),
    sentAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    acceptedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitation>;

export const invitationList = z
  .object({ total: z.number().int(), invitations: z.array(invitation) })
  .meta({ id: 'InvitationList' });
export type InvitationList = z.infer<typeof invitationList>;

export const createInvitationRequest = z
  .object({
    email,
    fullName: optionalFullName,
    role,
    /** Where a learner is enrolled at once. */
    courseSlug: z.string().trim().max(63).default(''),
  })
  .meta({ id: 'CreateInvitationRequest' });
export type CreateInvitationRequest = z.infer<typeof createInvitationRequest>;

export const invitationLink = z
  .object({ id: z.guid(), email: z.string(), url: z.string() })
  .meta({ id: 'InvitationLink', description: 'Whoever has the link can make the account.' });
export type InvitationLink = z.infer<typeof invitationLink>;

export const importMaxRows = 5000;

/** The headings of a list, by what stands under them; case, accents, blanks and dashes do not matter. */
export const importHeadings = {
  email: [
    'email',
    'mail',
    'address',
    'email address',
    'E-Mail-Adresse',
    'courriel',
    'adresse e-mail',
    'adresse électronique',
    'mél',
    'correo',
    'correo electrónico',
    'dirección de correo',
  ],
  fullName: ['name', 'full name', 'vollständiger Name', 'nom', 'nom complet', 'nombre', 'nombre completo'],
  givenName: ['first name', 'given name', 'Vorname', 'prénom'],
  familyName: [
    'last name',
    'family name',
    'surname',
    'Nachname',
    'Familienname',
    'nom de famille',
    'apellido',
    'apellidos',
  ],
  role: ['role', 'Rolle', 'rôle', 'rol'],
  course: ['course', 'Kurs', 'cours', 'curso'],
} as const;

export const importRequest = z
  .object({
    csv: z
      .string()
      .min(1, { error: 'Paste a list or choose a file.' })
      .max(800_000, { error: 'This is too long. Import it in several parts.' }),
    /** Only look, change nothing. */
    dryRun: z.boolean(),
  })
  .meta({ id: 'ImportRequest' });
export type ImportRequest = z.infer<typeof importRequest>;

/**
 * What becomes of a row. invite: is invited, or would be; invited: has an open invitation already; member: has an
 * account here; duplicate: stands further up, too.
 */
export const importOutcome = z
  .enum(['invite', 'invited', 'member', 'duplicate', 'invalid'])
  .meta({ id: 'ImportOutcome' });
export type ImportOutcome = z.infer<typeof importOutcome>;

export const importRow = z.object({
  /** Line of the text, from 1. */
  line: z.number().int(),
  email: z.string(),
  fullName: z.string(),
  role: role.nullable(),
  course: z.string(),
  outcome: importOutcome,
  /** What is wrong with an invalid row, in sentences. */
  problems: z.array(z.string()),
});
export type ImportRow = z.infer<typeof importRow>;

export const importReport = z
  .object({
    dryRun: z.boolean(),
    rows: z.array(importRow),
    counts: z.record(importOutcome, z.number().int()),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof importReport>;

const token = z.string().min(1).max(200);

export const invitationTokenQuery = z.object({ token });

/** What the page of an invitation's link says. */
export const openInvitation = z
  .object({
    email: z.string(),
    fullName: z.string().nullable(),
    role,
    courseTitle: z.string().nullable(),
    inviterName: z.string(),
    organizationName: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'OpenInvitation' });
export type OpenInvitation = z.infer<typeof openInvitation>;

export const acceptInvitationRequest = z
  .object({ token, fullName, password: newPassword })
  .meta({ id: 'AcceptInvitationRequest' });
export type AcceptInvitationRequest = z.infer<typeof acceptInvitationRequest>;
