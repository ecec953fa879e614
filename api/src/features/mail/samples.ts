import { mailKind, type MailData, type MailKind, type MailSample } from './schema.js';
import { composeMail, linkKinds } from './templates.js';

const sampleData: { [Kind in MailKind]: MailData<Kind> } = {
  welcome: { courses: ['Introduction to Programming'] },
  confirmation: {},
  password_reset: {},
  email_change: { currentEmail: 'ada@old.example' },
  invitation: {
    inviterName: 'Grace Hopper',
    role: 'student',
    courseTitle: 'Introduction to Programming',
    path: '/invitation?token=sample',
    expiresAt: '2030-01-31T12:00:00Z',
  },
  enrolled: { course: 'Introduction to Programming', courseSlug: 'introduction-to-programming' },
  graded: {
    title: 'Sorting by <hand>',
    course: 'Introduction to Programming',
    score: 18,
    maxScore: 20,
    comment: 'A clear solution. Next time, name the two indices after what they point at.',
    path: '/submissions',
  },
  account_changed: { change: 'password', at: '2030-01-31T12:00:00Z' },
};

/** Every mail with invented content, for looking at it. */
export const sampleMails = (appUrl: string): MailSample[] =>
  mailKind.options.map((kind) => ({
    kind,
    ...composeMail(kind, sampleData[kind], {
      recipient: 'ada@example.org',
      recipientName: 'Ada Lovelace',
      organizationName: 'Demo School',
      appUrl,
      link: linkKinds.includes(kind) ? `${appUrl}/login?sample=${kind}` : null,
    }),
  }));
