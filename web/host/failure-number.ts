import type { RequestHandler } from 'express';
import { requestIdOf } from './request-id.js';

/** Puts the request's number under a bare failure: what Remix answers when not even its error page can be made. */
export function numberFailures(): RequestHandler {
  return (req, res, next) => {
    const end = res.end.bind(res) as (...args: unknown[]) => typeof res;
    res.end = ((...args: unknown[]) => {
      const type = res.getHeader('Content-Type');
      const isBare = res.statusCode >= 500 && typeof type === 'string' && type.startsWith('text/plain');
      const isMeasured = res.hasHeader('Content-Length');
      if (isBare && !isMeasured && !res.writableEnded) res.write(`\nRequest ${requestIdOf(req)}\n`);
      return end(...args);
    }) as typeof res.end;
    next();
  };
}
