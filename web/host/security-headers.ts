import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** The nonce of this answer's inline scripts and styles. */
export function nonceOf(res: Response): string {
  return res.locals['cspNonce'] as string;
}

interface Options {
  https: boolean;
  /** Vite's dev server puts styles into the page by script and talks over a WebSocket. */
  development: boolean;
}

/** Security headers for every answer, with a new nonce in each content security policy. */
export function securityHeaders({ https, development }: Options): RequestHandler[] {
  const withNonce = (_req: unknown, res: unknown) => `'nonce-${nonceOf(res as Response)}'`;
  return [
    (_req, res, next) => {
      res.locals['cspNonce'] = randomBytes(16).toString('base64');
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          // No 'strict-dynamic': Remix writes its modulepreload links without a nonce and they would be refused.
          scriptSrc: ["'self'", withNonce],
          scriptSrcAttr: ["'none'"],
          styleSrc: ["'self'", development ? "'unsafe-inline'" : withNonce],
          fontSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'", ...(development ? ['ws:', 'wss:'] : [])],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'self'"],
          upgradeInsecureRequests: https ? [] : null,
        },
      },
      // Browsers ignore these over plain http and complain in the console.
      strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
      originAgentCluster: https,
      // With helmet's own no-referrer a browser sends "Origin: null" with our forms and the same-origin check fails.
      referrerPolicy: { policy: 'same-origin' },
    }),
  ];
}
