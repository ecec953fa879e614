import { holdRequest } from './hold-request';
import { noteOwner, pageOwner } from './page-owner';
import { ownerHeader, signedInAsHeader } from './page-owner-names';

const isOwn = (url: URL): boolean => url.origin === location.origin;

const addressOf = (input: RequestInfo | URL): URL =>
  new URL(input instanceof Request ? input.url : String(input), location.href);

const withOwnerHeader = (input: RequestInfo | URL, init: RequestInit | undefined): RequestInit => {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  headers.set(ownerHeader, pageOwner());
  return { ...init, headers };
};

/** The router's own calls: a loader's or an action's data, and which pages there are. */
const isOfRouter = ({ pathname }: URL): boolean => pathname.endsWith('.data') || pathname === '/__manifest';

let failedId: string | null = null;

/** The request id of the latest answer that was a failure, for an error page that has no other. */
export const failedRequestId = (): string | null => failedId;

/**
 * The page's fetch: each call of this site names the page's owner. When somebody else is signed in by now, the notice
 * covers the page, and the router is not told: it would take away what was typed. Nor is it told that the server cannot
 * be reached: its call waits until it can.
 */
export const createPageFetch =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const url = addressOf(input);
    if (!isOwn(url)) return send(input, init);
    const named = withOwnerHeader(input, init);
    const ofRouter = isOfRouter(url);
    const response = ofRouter
      ? await holdRequest({
          send: () => send(input, named),
          isChange: (init?.method ?? 'GET') !== 'GET',
          signal: init?.signal ?? null,
        })
      : await send(input, named);
    if (response.status >= 500) failedId = response.headers.get('X-Request-Id');
    const refused = noteOwner(response.status, response.headers.get(signedInAsHeader));
    return refused && ofRouter ? new Promise<never>(() => {}) : response;
  };

/** Takes the place of the browser's fetch, which Remix calls where nothing can be added. */
export const startPageFetch = (): void => {
  window.fetch = createPageFetch(window.fetch.bind(window));
};
