import { adminEndpoint } from '../../http/endpoint.js';
import { cacheFlushed, cacheInvalidated, cacheInvalidateRequest, cacheReport } from './schema.js';
import type { CacheService } from './service.js';

const tag = 'Administration';

/** The cache. */
export const cacheRoutes = ({ caching }: { caching: CacheService }) => ({
  report: adminEndpoint(
    {
      summary: 'Where the cache is, what it holds and how often it answers, by kind',
      tag,
      responses: { 200: cacheReport },
    },
    async ({ caller }) => ({ status: 200, body: await caching.report(caller) }),
  ),
  flush: adminEndpoint(
    {
      summary: 'Empty the cache of my organization; limits and live events stay as they are',
      tag,
      responses: { 200: cacheFlushed },
    },
    async ({ caller }) => ({
      status: 200,
      body: { message: 'Cache flushed', ...(await caching.flush(caller)) },
    }),
  ),
  invalidate: adminEndpoint(
    {
      summary: 'Forget the entries that match a pattern, as problem:* or lesson:*',
      tag,
      body: cacheInvalidateRequest,
      responses: { 200: cacheInvalidated },
    },
    async ({ caller, body }) => ({ status: 200, body: await caching.invalidate(caller, body.pattern) }),
  ),
});
