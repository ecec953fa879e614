import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Settings } from '../config.js';
import { sendEmpty } from './rails-errors.js';

/** Handler that lets only permitted addresses through. */
export function checkAddress({ ALLOW_IP, DISALLOW_IP }: Settings): RequestHandler {
  return (req, res, next) => {
    const address = (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const refused = ALLOW_IP.length > 0 ? !ALLOW_IP.includes(address) : DISALLOW_IP.includes(address);
    if (refused) sendEmpty(res, 403);
    else next();
  };
}

/** Handler before every call but `/`, `/docs` and `/metrics`: the caller's address, then AUTHN_TOKEN (empty = open). */
export function guard(settings: Settings): RequestHandler {
  const { AUTHN_HEADER, AUTHN_TOKEN } = settings;
  const address = checkAddress(settings);
  return (req, res, next) =>
    address(req, res, () => {
      if (AUTHN_TOKEN.length > 0 && !isOneOf(given(req, AUTHN_HEADER), AUTHN_TOKEN)) sendEmpty(res, 401);
      else next();
    });
}

/** Handler for what only AUTHZ_TOKEN opens; empty = always 403. */
export function requireAuthorization(settings: Settings): RequestHandler {
  return (req, res, next) => {
    if (isOneOf(given(req, settings.AUTHZ_HEADER), settings.AUTHZ_TOKEN)) next();
    else sendEmpty(res, 403);
  };
}

/** A token comes as a header or as a query parameter of that name. */
function given(req: Request, name: string): string {
  const query = req.query[name];
  return req.get(name) ?? (typeof query === 'string' ? query : '');
}

function isOneOf(token: string, allowed: string[]): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return allowed.map((candidate) => timingSafeEqual(digest(candidate), digest(token))).includes(true);
}
