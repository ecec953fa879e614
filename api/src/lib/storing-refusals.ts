import { AppError } from './app-error.js';

// Of submit_program and app.prepare_submission; the last two: the problem changed since it was looked at.
const refusals: Partial<Record<string, () => AppError>> = {
  too_many_waiting: () =>
    new AppError(
      'too_many_waiting',
      'Five of your submissions wait for their verdicts. Wait for one, or stop one, then submit again.',
    ),
  source_quota_exceeded: () =>
    new AppError('source_quota_exceeded', 'Your programs take up all your space. Ask your instructor.'),
  not_open: () => new AppError('not_found', 'There is no such problem, or it is not open to you.'),
  no_tests: () => new AppError('no_tests', 'This problem has no tests yet. Tell your teacher.'),
  language_not_allowed: () =>
    new AppError('language_not_allowed', 'This language is not allowed any more. Reload the page.'),
};

/** What a function that stores programs refused; null for anything else. Only the message is the same on every server. */
export const storingRefusal = (error: { message: string } | null): AppError | null => {
  const reason = Object.keys(refusals).find((name) => error?.message.includes(name));
  return (reason && refusals[reason]?.()) || null;
};
