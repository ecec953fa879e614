import { startTrouble } from './connection';

/** What sends a request and, when the server cannot be reached, keeps the page and tries again. */
export interface HoldOptions {
  send: () => Promise<Response>;
  /** True for a change: it is sent again only by its sender, since the first may have arrived. */
  isChange: boolean;
  signal: AbortSignal | null;
  /** Milliseconds of the first pause; each one is twice as long, up to 15 s. */
  firstPauseMs?: number;
}

const longestPauseMs = 15_000;
/** How long an answer of our own that the server is away is taken for a restart. */
const restartMs = 20_000;

const isGateway = (status: number): boolean => status >= 502 && status <= 504;

/** True for the answer of a proxy in the place of ours: its own page, or a status that ours marks. */
const isOfProxy = (response: Response): boolean =>
  !response.headers.has('X-Remix-Response') &&
  (isGateway(response.status) || (response.headers.get('Content-Type') ?? '').startsWith('text/html'));

const aborted = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new DOMException('The page has moved on.', 'AbortError');

/** Resolves after the pause, at once when the browser is online again, and when `resend` is called. */
const pauseFor = (
  ms: number | null,
  signal: AbortSignal | null,
  onResend: (resend: () => void) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = ms === null ? undefined : setTimeout(resolve, ms);
    const resume = () => {
      clearTimeout(timer);
      resolve();
    };
    onResend(resume);
    if (ms !== null) addEventListener('online', resume, { once: true });
    signal?.addEventListener('abort', () => reject(aborted(signal)), { once: true });
  });

type Attempt = { response: Response; kind: 'answered' | 'restarting' | 'away' } | { kind: 'offline' };

const attempt = async ({ send, signal }: HoldOptions): Promise<Attempt> => {
  try {
    const response = await send();
    if (isOfProxy(response)) return { response, kind: 'restarting' };
    return { response, kind: isGateway(response.status) ? 'away' : 'answered' };
  } catch (error) {
    if (signal?.aborted || !(error instanceof TypeError)) throw error;
    return { kind: 'offline' };
  }
};

/**
 * Sends a request of the router and answers only when the server has: without connection, or while it restarts, the page
 * stays, says so and tries again. Rejects when the router gives the request up.
 */
export const holdRequest = async (options: HoldOptions): Promise<Response> => {
  const { isChange, signal } = options;
  const startedAt = Date.now();
  let pauseMs = options.firstPauseMs ?? 1000;
  let trouble: ReturnType<typeof startTrouble> | null = null;
  try {
    for (;;) {
      const result = await attempt(options);
      if (result.kind === 'answered') return result.response;
      if (result.kind === 'away' && (isChange || Date.now() - startedAt > restartMs)) return result.response;
      trouble ??= startTrouble();
      const { tell } = trouble;
      const kind = result.kind === 'offline' ? 'offline' : 'restarting';
      await pauseFor(isChange ? null : pauseMs, signal, (resend) => tell(kind, isChange ? { resend } : null));
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  } finally {
    trouble?.end();
  }
};
