import type { MailKind, MailMode, MailState } from '@coding-platform/api/schema/mail';
import type { Tone } from '~/lib/verdict-words';

/** What a mail is about. */
export const mailKindWords: Record<MailKind, string> = {
  welcome: 'Welcome',
  confirmation: 'Confirm an address',
  password_reset: 'New password',
  email_change: 'New address',
  invitation: 'Invitation',
  enrolled: 'Enrolled',
  graded: 'Graded',
  account_changed: 'Account changed',
};

/** How far a mail is, in a word and its color. */
export const mailStateWords: Record<MailState, { label: string; tone: Tone }> = {
  queued: { label: 'Waiting', tone: 'accent' },
  sending: { label: 'Being sent', tone: 'accent' },
  sent: { label: 'Sent', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  discarded: { label: 'Discarded', tone: 'neutral' },
};

/** How mails leave this installation, in a sentence. */
export const mailModeWords: Record<MailMode, string> = {
  mailjet: 'Mails are sent by Mailjet.',
  smtp: 'Mails are sent by the mail server of SMTP_URL.',
  mailbox: 'This is a school to try: mails are kept in the mailbox and not sent.',
  off: 'This server sends no mails.',
};
