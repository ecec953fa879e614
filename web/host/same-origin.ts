import type { RequestHandler } from 'express';

interface Asked {
  method: string;
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
}

/**
 * True when a request may change something: it comes from a page of this site. A browser says so in Sec-Fetch-Site
 * (over https and on localhost) or in Origin; a request with neither is no browser's and is refused.
 */
export function maySendChange({ method, host, origin, fetchSite }: Asked, appUrl: string): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return true;
  if (fetchSite !== undefined) return fetchSite === 'same-origin';
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === new URL(appUrl).origin || new URL(origin).host === host;
}

/** Refuses changes that another site's page asks for in the name of who is signed in here. */
export function refuseCrossOrigin(appUrl: string): RequestHandler {
  return (req, res, next) => {
    const asked = {
      method: req.method,
      host: req.get('host'),
      origin: req.get('origin'),
      fetchSite: req.get('sec-fetch-site'),
    };
    if (maySendChange(asked, appUrl)) return next();
    res
      .status(403)
      .type('text/plain')
      .send('This form was sent from another site. Open the page again and retry.\n');
  };
}
