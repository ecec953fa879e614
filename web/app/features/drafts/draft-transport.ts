import type { Draft } from '@coding-platform/api/schema/drafts';
import { fetchOutcome, type Failure } from '~/lib/outcome';
import type { SaveAnswer } from './draft-keeper';

// Browsers give all requests that outlive their page 64 KiB together and refuse what is larger.
const keepaliveMaxBytes = 60_000;

/** The address of the draft's resource route. */
export const draftPath = (problemSlug: string, languageId: number): string =>
  `/problems/${encodeURIComponent(problemSlug)}/drafts/${languageId}`;

const answerTo = ({ code, retryAfterSeconds }: Failure): SaveAnswer => {
  switch (code) {
    case 'too_many_requests':
      return { kind: 'busy', retryAfterMs: (retryAfterSeconds ?? 10) * 1000 };
    case 'offline':
    case 'restarting':
    case 'api_unreachable':
    case 'database_unavailable':
      return { kind: 'offline' };
    case 'session_expired':
    case 'unauthenticated':
    case 'other_owner':
      return { kind: 'signed_out' };
    case 'source_too_large':
    case 'body_too_large':
      return { kind: 'too_large' };
    default:
      return { kind: 'failed' };
  }
};

/** Sends a draft from the browser. Never rejects. */
export const sendDraft = async (
  url: string,
  body: { sourceCode: string; version: number },
  leaving: boolean,
): Promise<SaveAnswer> => {
  const json = JSON.stringify(body);
  const keepalive = leaving && new TextEncoder().encode(json).length <= keepaliveMaxBytes;
  const outcome = await fetchOutcome<SaveAnswer>(url, { method: 'PUT', body: json, keepalive });
  return outcome.ok ? outcome.value : answerTo(outcome.failure);
};

/** The server's draft, or null when it cannot be had. Never rejects. */
export const fetchDraft = async (url: string): Promise<Draft | null> => {
  const outcome = await fetchOutcome<Draft>(url);
  return outcome.ok ? outcome.value : null;
};
