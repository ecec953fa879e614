import { z } from 'zod';

export const mailKind = z
  .enum([
    'welcome',
    'confirmation',
    'password_reset',
    'email_change',
    'invitation',
    'enrolled',
    'graded',
    'account_changed',
  ])
  .meta({ id: 'MailKind' });
export type MailKind = z.infer<typeof mailKind>;

/** failed: given up, an administrator decides what becomes of it. */
export const mailState = z
  .enum(['queued', 'sending', 'sent', 'failed', 'discarded'])
  .meta({ id: 'MailState' });
export type MailState = z.infer<typeof mailState>;

/** What the template of each kind needs besides the recipient: the `data` of an outbox row. */
export const mailData = {
  welcome: z.object({ courses: z.array(z.string()) }),
  confirmation: z.object({}),
  password_reset: z.object({}),
  email_change: z.object({ currentEmail: z.string() }),
  invitation: z.object({
    inviterName: z.string(),
    role: z.enum(['student', 'instructor', 'admin']),
    courseTitle: z.string().nullish(),
    /** Of the page that accepts it, from the root, with its token. */
    path: z.string().startsWith('/'),
    expiresAt: z.string(),
  }),
  enrolled: z.object({ course: z.string(), courseSlug: z.string() }),
  graded: z.object({
    title: z.string(),
    course: z.string(),
    score: z.number(),
    maxScore: z.number(),
    comment: z.string().nullish(),
    /** Of the page that shows the result, from the root. */
    path: z.string().startsWith('/'),
  }),
  account_changed: z.object({
    change: z.enum([
      'email_requested',
      'email',
      'password',
      'second_factor_on',
      'second_factor_off',
      'recovery_codes',
    ]),
    /** For the two changes of the address. */
    newEmail: z.string().nullish(),
    at: z.string(),
  }),
} satisfies Record<MailKind, z.ZodType>;
export type MailData<Kind extends MailKind> = z.infer<(typeof mailData)[Kind]>;

/** How mails leave this installation; off: they are kept as failed, and administrators hand links over themselves. */
export const mailMode = z.enum(['mailjet', 'smtp', 'mailbox', 'off']).meta({ id: 'MailMode' });
export type MailMode = z.infer<typeof mailMode>;

export const outboxMail = z
  .object({
    id: z.guid(),
    kind: mailKind,
    recipient: z.string(),
    recipientName: z.string().nullable(),
    subject: z.string().nullable(),
    state: mailState,
    attempts: z.number().int(),
    error: z.string().nullable(),
    /** Whether its way in can be made for handing it over: a failed mail whose content is a link. */
    hasLink: z.boolean(),
    createdAt: z.iso.datetime(),
    nextAttemptAt: z.iso.datetime().nullable(),
    sentAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'OutboxMail' });
export type OutboxMail = z.infer<typeof outboxMail>;

export const outboxQuery = z.object({
  state: mailState.optional(),
  /** A part of the recipient's address or name. */
  q: z.string().trim().max(200).optional(),
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-9a-f-]{36}$/, { error: 'is no cursor of this list' })
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type OutboxQuery = z.infer<typeof outboxQuery>;

export const outboxList = z
  .object({
    mode: mailMode,
    mails: z.array(outboxMail),
    nextBefore: z.string().nullable(),
    counts: z.record(mailState, z.number().int()),
  })
  .meta({ id: 'OutboxList' });
export type OutboxList = z.infer<typeof outboxList>;

export const mailLink = z
  .object({ url: z.string(), recipient: z.string() })
  .meta({ id: 'MailLink', description: 'Works once and for one hour.' });

export const mailboxMail = z
  .object({
    id: z.guid(),
    recipient: z.string(),
    subject: z.string(),
    receivedAt: z.iso.datetime(),
  })
  .meta({ id: 'MailboxMail' });
export type MailboxMail = z.infer<typeof mailboxMail>;

export const mailboxList = z.object({ mails: z.array(mailboxMail) }).meta({ id: 'MailboxList' });

export const mailboxContent = mailboxMail
  .extend({ html: z.string(), text: z.string() })
  .meta({ id: 'MailboxContent' });
export type MailboxContent = z.infer<typeof mailboxContent>;

export const mailSample = z
  .object({ kind: mailKind, subject: z.string(), html: z.string(), text: z.string() })
  .meta({ id: 'MailSample' });
export type MailSample = z.infer<typeof mailSample>;
export const mailSamples = z.object({ samples: z.array(mailSample) }).meta({ id: 'MailSamples' });
