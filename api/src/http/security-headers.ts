import type { RequestHandler } from 'express';
import helmet from 'helmet';

type Directives = Record<string, string[] | null>;

// Answers of the api are data: nothing in them may run, load or be sent anywhere.
const nothing: Directives = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'self'"],
};

const contentSecurityPolicy = (directives: Directives): RequestHandler =>
  helmet.contentSecurityPolicy({ useDefaults: false, directives });

/** For the pages of the documentation: their own files; Swagger's page writes style attributes. */
export const documentationPolicy: RequestHandler = contentSecurityPolicy({
  ...nothing,
  'connect-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
});

/**
 * The headers of the runbook on every answer. Strict-Transport-Security goes out when browsers reach the product over
 * TLS: `https` says so of the whole installation, else the request does (through a trusted proxy).
 * web/host/security-headers.ts sets the same; web/e2e/security-headers.test.ts holds both to one table.
 */
export const securityHeaders = ({ https }: { https: boolean }): RequestHandler[] => [
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives: nothing },
    strictTransportSecurity: false,
    xDnsPrefetchControl: { allow: true },
    xXssProtection: false,
    referrerPolicy: { policy: 'origin-when-cross-origin' },
  }),
  (request, response, next) => {
    response.setHeader('X-XSS-Protection', '1; mode=block');
    if (https || request.secure) {
      response.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains; preload');
    }
    next();
  },
];

/** What the api answers is one person's, or a token: no cache keeps it, unless a route says so itself. */
export const storeNothing: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
