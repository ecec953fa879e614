import { randomUUID } from 'node:crypto';
import { AppError } from '../../lib/app-error.js';
import { originOf, type Caller } from '../../lib/caller.js';
import type { Supabase } from '../../lib/supabase.js';
import type { AuditService } from '../audit/service.js';
import type { AuthService } from '../auth/service.js';
import { createAcceptanceService } from './acceptance/service.js';
import { assessInvitees, readInvitees, reportOf } from './invitee-list.js';
import {
  insertInvitations,
  resendInvitation,
  selectCourseIds,
  selectInvitations,
  selectKnownAddresses,
  selectOptionalByToken,
  selectOptionalPending,
  withdrawInvitation,
  type Created,
  type NewInvitation,
} from './repository.js';
import type {
  CreateInvitationRequest,
  ImportReport,
  ImportRequest,
  ImportRow,
  InvitationLink,
  InvitationList,
  InvitationQuery,
  InvitationState,
  OpenInvitation,
} from './schema.js';
import type { InvitationTokens } from './tokens.js';

const validDays = 14;
// One transaction each, well within the time that a request to the database may take.
const importChunk = 500;

const refusals: Record<'member' | 'invited', () => AppError> = {
  member: () => new AppError('email_taken', 'Somebody of this school has this address already.'),
  invited: () =>
    new AppError('already_invited', 'There is an open invitation for this address. Send that one once more.'),
};

const invalid: Record<InvitationState | 'unknown', string> = {
  open: '',
  expired: 'This invitation has run out. Ask your school for a new one.',
  accepted: 'This invitation has been accepted. Sign in with the password that you chose.',
  withdrawn: 'This invitation was withdrawn. Ask your school.',
  unknown: 'This link is not complete, or was never given out. Copy all of it from the mail.',
};

const notPending = (state: InvitationState | null) =>
  state === null
    ? new AppError('not_found', 'There is no such invitation.')
    : new AppError('invitation_invalid', `This invitation is ${state} already: reload the list.`);

/** Invitations: what administrators send, and what becomes of them. */
export const createInvitationService = ({
  supabase,
  audit,
  auth,
  tokens,
  appUrl,
}: {
  supabase: Supabase;
  audit: AuditService;
  auth: AuthService;
  tokens: InvitationTokens;
  appUrl: string;
}) => {
  const { service } = supabase;

  const itemOf = ({ email, fullName, role }: Omit<ImportRow, 'line'>, courseId: string | null) => {
    const id = randomUUID();
    return { id, email, fullName, role, courseId, tokenHash: tokens.hashOf(id), path: tokens.pathOf(id) };
  };

  const readOpen = async (token: string): Promise<OpenInvitation> => {
    const known = await selectOptionalByToken(service, token);
    if (known?.state === 'open') return known;
    throw new AppError('invitation_invalid', invalid[known?.state ?? 'unknown']);
  };

  const importRows = async (caller: Caller, rows: ImportRow[], courses: ReadonlyMap<string, string>) => {
    const created: Created = {};
    const items = rows
      .filter(({ outcome }) => outcome === 'invite')
      .map((row) => itemOf(row, courses.get(row.course.toLowerCase()) ?? null) as NewInvitation);
    for (let at = 0; at < items.length; at += importChunk) {
      const chunk = items.slice(at, at + importChunk);
      Object.assign(created, await insertInvitations(service, originOf(caller), chunk, validDays));
    }
    // Somebody else may have invited one of them since the look.
    return rows.map((row) => {
      const became = created[row.email];
      return row.outcome !== 'invite' || !became || became === 'created' ? row : { ...row, outcome: became };
    });
  };

  return {
    list: (
      { organizationId }: Caller,
      { q, state, page, pageSize }: InvitationQuery,
    ): Promise<InvitationList> =>
      selectInvitations(service, organizationId, {
        q,
        state,
        offset: (page - 1) * pageSize,
        limit: pageSize,
      }),

    /** Invites one address and returns the link. Throws email_taken, already_invited. */
    create: async (caller: Caller, request: CreateInvitationRequest): Promise<InvitationLink> => {
      const courses = await selectCourseIds(service, caller.organizationId);
      const courseId = courses.get(request.courseSlug) ?? null;
      const problem =
        request.courseSlug && !courseId
          ? 'There is no such course.'
          : courseId && request.role !== 'student'
            ? 'Only students are enrolled in a course.'
            : null;
      if (problem) {
        throw new AppError('invalid_request', problem, {
          errors: [{ path: 'courseSlug', message: problem }],
        });
      }
      const item = itemOf({ ...request, course: '', outcome: 'invite', problems: [] }, courseId);
      const created = await insertInvitations(service, originOf(caller), [item as NewInvitation], validDays);
      const became = created[request.email] ?? 'created';
      if (became !== 'created') throw refusals[became]();
      return { id: item.id, email: item.email, url: appUrl + item.path };
    },

    /** Reads a list and says what would become of each row; unless it is a dry run, it does. */
    importList: async (caller: Caller, { csv, dryRun }: ImportRequest): Promise<ImportReport> => {
      const read = readInvitees(csv);
      const addresses = read.filter(({ outcome }) => outcome === 'invite').map(({ email }) => email);
      const [known, courses] = await Promise.all([
        selectKnownAddresses(service, caller.organizationId, addresses),
        selectCourseIds(service, caller.organizationId),
      ]);
      const rows = assessInvitees(read, known, courses);
      return reportOf(dryRun ? rows : await importRows(caller, rows, courses), dryRun);
    },

    /** The link of an invitation that can be accepted or sent once more; that somebody looked is recorded. */
    link: async (caller: Caller, id: string): Promise<InvitationLink> => {
      const pending = await selectOptionalPending(service, caller.organizationId, id);
      if (!pending) throw new AppError('not_found', 'There is no open invitation any more: reload the list.');
      await audit.record(caller, {
        action: 'invitation.show_link',
        targetType: 'invitation',
        targetId: id,
        after: { email: pending.email },
      });
      return { id, email: pending.email, url: appUrl + tokens.pathOf(id) };
    },

    /** Sends the same link once more, valid anew. Throws too_many_requests within a minute of the last time. */
    resend: async (caller: Caller, id: string): Promise<void> => {
      const invitation = { id, path: tokens.pathOf(id), validDays };
      const state = await resendInvitation(service, originOf(caller), invitation);
      if (state === 'too_soon') {
        throw new AppError('too_many_requests', 'It was sent less than a minute ago.', {
          retryAfterSeconds: 60,
        });
      }
      if (state !== 'open') throw notPending(state);
    },

    withdraw: async (caller: Caller, id: string): Promise<void> => {
      const state = await withdrawInvitation(service, originOf(caller), id);
      if (state !== 'open' && state !== 'expired') throw notPending(state);
    },

    /** What the page of a link says. Throws invitation_invalid. */
    readOpen,

    accept: createAcceptanceService({ supabase, auth, readOpen }).accept,
  };
};

export type InvitationService = ReturnType<typeof createInvitationService>;
