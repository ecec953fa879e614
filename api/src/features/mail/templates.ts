import { letterHtml, letterText, type Letter } from './letter.js';
import { quotedName } from '../auth/name-rule.js';
import { mailData, type MailData, type MailKind } from './schema.js';

/** Everything about a mail that is not in its data. */
export interface Addressing {
  recipient: string;
  recipientName: string | null;
  organizationName: string;
  appUrl: string;
  /** The way into the account, for the kinds that are a link: works once and for one hour. */
  link: string | null;
}

const roleWords = { student: 'a learner', instructor: 'an instructor', admin: 'an administrator' };

const dateWords = (iso: string): string =>
  new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(iso),
  );

const timeWords = (iso: string): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(iso),
  ) + ' UTC';

interface ChangeText {
  subject: string;
  /** What happened, as a sentence. */
  happened: string;
  /** What to do for somebody who did not do it. */
  otherwise: string;
}

const newPasswordAdvice = 'choose a new password now: it signs out every device';

/** What the owner of an account reads of a change to it. */
const changeTexts = (
  { change, newEmail }: MailData<'account_changed'>,
  { recipient, organizationName }: Addressing,
): ChangeText => {
  const account = `your account at ${organizationName}`;
  switch (change) {
    case 'email_requested':
      return {
        subject: 'A new email address was requested',
        happened: `Someone who is signed in to ${account} asked to use ${newEmail ?? 'another address'} in place of ${recipient}. Nothing changes until the link sent there is opened.`,
        otherwise: `${newPasswordAdvice}, and the link stops working`,
      };
    case 'email':
      return {
        subject: 'Your email address was changed',
        happened: `You now sign in to ${account} with ${newEmail ?? 'another address'}. ${recipient} no longer works.`,
        otherwise: 'tell an administrator of your school at once',
      };
    case 'password':
      return {
        subject: 'Your password was changed',
        happened: `The password of ${account} was changed. Other devices are signed out.`,
        otherwise: newPasswordAdvice,
      };
    case 'second_factor_on':
      return {
        subject: 'Two-factor authentication is on',
        happened: `Signing in to ${account} now needs a code of an authenticator app.`,
        otherwise: 'tell an administrator of your school at once',
      };
    case 'second_factor_off':
      return {
        subject: 'Two-factor authentication is off',
        happened: `Signing in to ${account} needs only the password now.`,
        otherwise: newPasswordAdvice,
      };
    case 'recovery_codes':
      return {
        subject: 'Your recovery codes were replaced',
        happened: `New recovery codes were made for ${account}. The old ones no longer work.`,
        otherwise: newPasswordAdvice,
      };
  }
};

const greeting = ({ recipientName }: Addressing) => ({
  kind: 'paragraph' as const,
  text: recipientName ? `Hello ${recipientName},` : 'Hello,',
});

const linkOf = ({ link }: Addressing): string => {
  if (!link) throw new Error('a mail of this kind needs its link');
  return link;
};

type Template<Kind extends MailKind> = (data: MailData<Kind>, to: Addressing) => Letter;

const templates: { [Kind in MailKind]: Template<Kind> } = {
  welcome: ({ courses }, to) => ({
    subject: `Welcome to ${to.organizationName}`,
    preview: 'Your account is ready.',
    heading: `Welcome to ${to.organizationName}`,
    blocks: [
      greeting(to),
      { kind: 'paragraph', text: `Your account is ready. You sign in with ${to.recipient}.` },
      ...(courses.length > 0
        ? [
            { kind: 'paragraph' as const, text: 'You are enrolled in:' },
            { kind: 'list' as const, items: courses },
          ]
        : [
            {
              kind: 'paragraph' as const,
              text: 'To join a course, enter the code that your teacher gives you on your start page.',
            },
          ]),
      { kind: 'button', label: 'Open your start page', url: `${to.appUrl}/dashboard` },
    ],
    reason: `You get this mail because an account was made with ${to.recipient}.`,
  }),

  confirmation: (_data, to) => ({
    subject: `Confirm your address for ${to.organizationName}`,
    preview: 'One click, and your account is ready.',
    heading: 'Confirm your address',
    blocks: [
      greeting(to),
      { kind: 'paragraph', text: `Is ${to.recipient} your address? Confirm it and your account is ready.` },
      { kind: 'button', label: 'Confirm this address', url: linkOf(to) },
      { kind: 'note', text: 'The link works once and for one hour.' },
      {
        kind: 'note',
        text: 'If you did not make an account, ignore this mail: without the link it stays shut.',
      },
    ],
    reason: `You get this mail because somebody made an account with ${to.recipient}.`,
  }),

  password_reset: (_data, to) => ({
    subject: 'Choose a new password',
    preview: `For your account at ${to.organizationName}.`,
    heading: 'Choose a new password',
    blocks: [
      greeting(to),
      {
        kind: 'paragraph',
        text: `Somebody, most likely you, asked for a new password for ${to.recipient} at ${to.organizationName}.`,
      },
      { kind: 'button', label: 'Choose a new password', url: linkOf(to) },
      { kind: 'note', text: 'The link works once and for one hour.' },
      { kind: 'note', text: 'If this was not you, ignore this mail: nothing changes.' },
    ],
    reason: `You get this mail because a new password was asked for ${to.recipient}.`,
  }),

  email_change: ({ currentEmail }, to) => ({
    subject: 'Confirm your new address',
    preview: `For your account at ${to.organizationName}.`,
    heading: 'Confirm your new address',
    blocks: [
      greeting(to),
      {
        kind: 'paragraph',
        text: `You want to sign in at ${to.organizationName} with ${to.recipient} in place of ${currentEmail}.`,
      },
      { kind: 'button', label: 'Use this address', url: linkOf(to) },
      { kind: 'note', text: 'The link works once and for one hour. Until you open it nothing changes.' },
      { kind: 'note', text: 'If this was not you, ignore this mail.' },
    ],
    reason: `You get this mail because ${to.recipient} was entered as the new address of an account.`,
  }),

  invitation: ({ inviterName, role, courseTitle, expiresAt }, to) => ({
    subject: `${inviterName} invites you to ${to.organizationName}`,
    preview: courseTitle ? `Join the course ${courseTitle}.` : 'Make your account.',
    heading: `You are invited to ${to.organizationName}`,
    blocks: [
      greeting(to),
      {
        kind: 'paragraph',
        text: `${inviterName} invites you to ${to.organizationName} as ${roleWords[role]}${courseTitle ? `, in the course ${courseTitle}` : ''}.`,
      },
      { kind: 'button', label: 'Accept the invitation', url: linkOf(to) },
      {
        kind: 'note',
        text: `The invitation is for ${to.recipient} and holds until ${dateWords(expiresAt)}.`,
      },
    ],
    reason: `You get this mail because ${inviterName} entered your address. If you do not know the name, ignore it.`,
  }),

  enrolled: ({ course, courseSlug }, to) => ({
    subject: `You are enrolled in ${course}`,
    preview: `A course at ${to.organizationName}.`,
    heading: `You are enrolled in ${course}`,
    blocks: [
      greeting(to),
      {
        kind: 'paragraph',
        text: `You now take part in ${course}. Its lessons and problems are open to you.`,
      },
      { kind: 'button', label: 'Open the course', url: `${to.appUrl}/courses/${courseSlug}` },
    ],
    reason: `You get this mail because ${to.recipient} was enrolled in this course.`,
  }),

  graded: ({ title, course, score, maxScore, comment, path }, to) => ({
    subject: `Graded: ${title}`,
    preview: `${score} of ${maxScore} points.`,
    heading: `${title} is graded`,
    blocks: [
      greeting(to),
      { kind: 'paragraph', text: 'Your work was graded.' },
      {
        kind: 'facts',
        rows: [
          ['Course', course],
          ['Work', title],
          ['Points', `${score} of ${maxScore}`],
        ],
      },
      ...(comment
        ? [
            { kind: 'paragraph' as const, text: 'Your teacher writes:' },
            { kind: 'paragraph' as const, text: comment },
          ]
        : []),
      { kind: 'button', label: 'See the result', url: `${to.appUrl}${path}` },
    ],
    reason: `You get this mail because ${to.recipient} handed in work in this course.`,
  }),

  account_changed: (data, to) => {
    const { subject, happened, otherwise } = changeTexts(data, to);
    return {
      subject,
      preview: `For your account at ${to.organizationName}.`,
      heading: subject,
      blocks: [
        greeting(to),
        { kind: 'paragraph', text: happened },
        { kind: 'facts', rows: [['When', timeWords(data.at)]] },
        { kind: 'paragraph', text: `If this was you, there is nothing to do. If not, ${otherwise}.` },
        ...(data.change === 'email'
          ? []
          : [
              {
                kind: 'button' as const,
                label: 'Choose a new password',
                url: `${to.appUrl}/forgot-password`,
              },
            ]),
      ],
      reason: `You get this mail because ${to.recipient} belongs, or belonged, to this account.`,
    };
  },
};

/** Names that people chose, as they may stand in a mail that carries the school's name. */
const quotedNames = (data: unknown): unknown => {
  const { inviterName } = data as { inviterName?: string };
  return inviterName === undefined ? data : { ...(data as object), inviterName: quotedName(inviterName) };
};

/** The kinds whose mail is a way into an account. */
export const linkKinds: readonly MailKind[] = [
  'confirmation',
  'password_reset',
  'email_change',
  'invitation',
];

/** Subject, HTML and text of a mail. Throws when `data` is not what its kind needs, or when its link is missing. */
export const composeMail = (
  kind: MailKind,
  data: unknown,
  to: Addressing,
): { subject: string; html: string; text: string } => {
  const template = templates[kind] as (data: unknown, to: Addressing) => Letter;
  const { recipientName } = to;
  const letter = template(quotedNames(mailData[kind].parse(data)), {
    ...to,
    recipientName: recipientName && quotedName(recipientName),
  });
  // A line break in a subject could add headers to the mail.
  const subject = letter.subject.replaceAll(/\s+/g, ' ').slice(0, 200);
  return { subject, html: letterHtml(letter, to), text: letterText(letter, to) };
};
