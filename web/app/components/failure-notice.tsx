import type { ReactNode } from 'react';
import type { Failure, FailureCode } from '~/lib/outcome';

interface Words {
  title: string;
  text: string;
}

const keptHere = 'Your code is kept in this browser.';

const wordsOf: Partial<Record<FailureCode, (failure: Failure) => Words>> = {
  offline: () => ({
    title: 'No connection',
    text: `The server is unreachable. ${keptHere} Try again when you are back online.`,
  }),
  restarting: () => ({
    title: 'The server is restarting',
    text: `Your request may not have arrived. ${keptHere} Try again in a moment.`,
  }),
  session_expired: () => ({ title: 'Your session has ended', text: keptHere }),
  unauthenticated: () => ({ title: 'You are signed out', text: keptHere }),
  too_many_requests: () => ({
    title: 'Too many runs in a short time',
    text: 'The judges are shared. The buttons show when you can continue; Submit can wait and then hand in by itself.',
  }),
  too_many_waiting: ({ detail }) => ({ title: 'Too many submissions are waiting', text: detail }),
  source_quota_exceeded: ({ detail }) => ({
    title: 'No space left for your programs',
    text: `${detail} ${keptHere}`,
  }),
  judge_disabled: () => ({
    title: 'Code cannot be run here',
    text: 'No judge is set up on this server. You can read, write and save; ask your teacher about running.',
  }),
  judge_unavailable: ({ detail }) => ({ title: 'Not judged', text: detail }),
  language_not_allowed: ({ detail }) => ({ title: 'Language not allowed', text: detail }),
  source_too_large: ({ detail }) => ({
    title: 'The program is too large',
    text: `${detail} Nothing was sent. Shorten it, for example by reading data from the input.`,
  }),
  invalid_request: ({ detail }) => ({ title: 'That cannot be sent', text: detail }),
  not_found: () => ({
    title: 'This problem is gone',
    text: `It was taken back, or you are no longer in the course. ${keptHere}`,
  }),
};

/** Where the number of the request helps whoever is asked for help. */
const ourFault = new Set<FailureCode>([
  'internal',
  'unexpected_answer',
  'api_unreachable',
  'database_unavailable',
  'judge_unavailable',
]);

/** The sentence for a failure, in the learner's words. */
export const failureWords = (failure: Failure): Words =>
  wordsOf[failure.code]?.(failure) ?? { title: 'That did not work', text: failure.detail };

/** Says why something could not be done and what to do next. `signInTo`: where to come back to after signing in. */
export function FailureNotice(props: { failure: Failure; signInTo: string; children?: ReactNode }) {
  const { failure, signInTo, children } = props;
  const { title, text } = failureWords(failure);
  const signedOut = failure.code === 'session_expired' || failure.code === 'unauthenticated';
  return (
    <div role="alert" className="rounded-md border border-line bg-warn-soft px-4 py-3 text-sm">
      <p className="font-medium text-warn">{title}</p>
      <p className="mt-1">{text}</p>
      {signedOut && (
        <p className="mt-2">
          <a className="link" href={`/login?next=${encodeURIComponent(signInTo)}`}>
            Sign in and come back here
          </a>
        </p>
      )}
      {children}
      {failure.requestId && ourFault.has(failure.code) && (
        <p className="mt-2 text-xs text-muted">
          Request <code className="font-mono">{failure.requestId}</code>
        </p>
      )}
    </div>
  );
}
