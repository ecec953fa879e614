import type { RequestHandler, Response } from 'express';

/**
 * Pages, their data and redirects are one person's: no cache keeps them unless the route says so itself. Set at the last
 * moment, since Remix appends its headers to those that are there.
 */
export const storeNothing: RequestHandler = (_req, res, next) => {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => Response;
  res.writeHead = ((...args: unknown[]) => {
    if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'private, no-store');
    return writeHead(...args);
  }) as typeof res.writeHead;
  next();
};
