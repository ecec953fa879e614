import { isIP } from 'node:net';
import type { RequestHandler } from 'express';

interface Asked {
  method: string;
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
}

/** The name in a Host header: without a port and the brackets of IPv6; null when it is none. */
const nameOf = (host: string | undefined): string | null => {
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
};

const isLoopback = (name: string): boolean => /^(localhost|::1|127(\.\d{1,3}){3})$/.test(name);

/**
 * True for a Host under which this server may be asked: APP_URL's, this machine's, or an address. A name that only
 * leads here (DNS rebinding) is another site's, whose pages could read our answers.
 */
export function isOurHost(host: string | undefined, appUrl: string): boolean {
  const name = nameOf(host);
  if (name === null) return false;
  // A browser that asks an address has it from its user: no site can lead there under its own name.
  return name === new URL(appUrl).hostname || isLoopback(name) || isIP(name) !== 0;
}

/** True for APP_URL's origin, scheme and port included, and for this machine's own when it is asked by it. */
const isOurOrigin = (origin: string, host: string | undefined, appUrl: string): boolean => {
  if (origin === new URL(appUrl).origin) return true;
  const name = nameOf(host);
  return name !== null && isLoopback(name) && origin === `http://${host}`;
};

/**
 * True when a request may change something: it comes from a page of this site. A browser says so in Sec-Fetch-Site
 * (over https and on localhost) or in Origin; a request with neither is no browser's and is refused.
 */
export function maySendChange({ method, host, origin, fetchSite }: Asked, appUrl: string): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return true;
  if (origin === undefined) return fetchSite === 'same-origin';
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false;
  return isOurOrigin(origin, host, appUrl);
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

/** Answers 421 to requests by a name that is not this server's. */
export function refuseForeignHosts(appUrl: string): RequestHandler {
  return (req, res, next) => {
    if (isOurHost(req.get('host'), appUrl)) return next();
    res
      .status(421)
      .type('text/plain')
      .send(
        `This name is not this server's. Open ${appUrl}, or set APP_URL to the address that people type.\n`,
      );
  };
}
