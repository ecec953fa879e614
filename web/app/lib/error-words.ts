import type { Role } from '@coding-platform/api/schema/auth';

interface ErrorWords {
  title: string;
  text: string;
  /** What the reader can do. */
  remedy: string;
  /** Until the same page works again, where that is known. */
  waitSeconds?: number;
  /** True when the same page may work in a moment. */
  retry: boolean;
}

const helpOf = (role: Role | null): string => {
  if (role === 'admin') return 'look for the number below in the log of web and api';
  return role === 'instructor' ? 'ask your administrator' : 'tell your teacher';
};

/** The words of an error page for an HTTP status; `problem` is the api's own answer, where there is one. */
export function describeError(
  status: number,
  problem: { code?: string; detail: string; retryAfterSeconds?: number | undefined } | null,
  role: Role | null,
): ErrorWords {
  if (problem?.code === 'other_owner') {
    return {
      title: 'Another account is signed in now',
      text: problem.detail,
      remedy: 'Open the page again to continue with that account.',
      retry: true,
    };
  }
  switch (status) {
    case 404:
      return {
        title: 'Page not found',
        text: 'There is nothing at this address, or it is not open to you.',
        remedy:
          role === 'student'
            ? 'Check the address. A course appears only after you have joined it and your teacher has published it.'
            : 'Check the address.',
        retry: false,
      };
    case 401:
    case 403:
      return {
        title: 'You may not see this page',
        text: problem?.detail ?? 'Your account has no access to it.',
        remedy:
          role === 'admin'
            ? ''
            : `If you need it, ${role === 'instructor' ? 'ask your administrator' : 'ask your teacher'}.`,
        retry: false,
      };
    case 429:
      return {
        title: 'Too many requests',
        text: 'Nothing is lost.',
        remedy: '',
        waitSeconds: problem?.retryAfterSeconds ?? 30,
        retry: true,
      };
    case 502:
    case 503:
    case 504:
      return {
        title: 'The server is unreachable',
        text: 'This page could not get its data just now.',
        remedy: `Nothing is lost. Try again in a moment; if it lasts, ${helpOf(role)}.`,
        retry: true,
      };
    case 400:
    case 415:
      return {
        title: 'This form cannot be read',
        text: 'It arrived incomplete or in a format that this page does not take. Nothing was changed.',
        remedy: 'Go back, reload the page and send the form again.',
        retry: false,
      };
    case 405:
      return {
        title: 'That does not work here',
        text: 'The form was sent to an address that takes none.',
        remedy: 'Go back, reload the page and send the form again.',
        retry: false,
      };
    default:
      return {
        title: 'Something broke on our side',
        text: 'It was not your doing.',
        remedy:
          role === 'admin'
            ? 'Try again. If it happens again, look for the number below in the log of web and api.'
            : `Try again. If it happens again, ${helpOf(role)} and give the number below.`,
        retry: true,
      };
  }
}
