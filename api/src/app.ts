import express, { type Express } from 'express';
import {
  authenticate,
  authenticateIfTold,
  requireAdmin,
  requireSecondFactor,
  type VerifyToken,
} from './http/authenticate.js';
import { docsRouter } from './http/docs.js';
import { drillFaults } from './http/drill-faults.js';
import { errorHandler, unknownRoute } from './http/error-handler.js';
import { refuseForeignHosts } from './http/own-hosts.js';
import { createRateLimit } from './http/rate-limit.js';
import { requestLog } from './http/request-log.js';
import { requestMetrics } from './http/request-metrics.js';
import { securityHeaders, storeNothing } from './http/security-headers.js';
import { storableReviver } from './http/storable-text.js';
import { createOpenApi } from './openapi.js';
import type { TrustedProxies } from './limits/trusted-proxies.js';
import { createRouteTable, type Dependencies as Services } from './route-table.js';

export interface Dependencies extends Services {
  verifyToken: VerifyToken;
  trustedProxies: TrustedProxies;
  slowMs: number;
  /** Where web reaches the api: its name is one of ours, as that of appUrl. */
  apiUrl?: string;
  /** Requests may ask for faults, to try alerts. */
  drill?: boolean;
}

/** The api as an Express app: order of middleware, then the route table, then the answers to what is left. */
export const createApp = (dependencies: Dependencies): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', dependencies.trustedProxies);
  app.use(requestMetrics(dependencies.metrics, dependencies.slowMs));
  app.use(requestLog(dependencies.logger, dependencies.slowMs));
  if (dependencies.drill) app.use(drillFaults);
  app.use(securityHeaders({ https: dependencies.appUrl.startsWith('https:') }), storeNothing);
  app.use(refuseForeignHosts([dependencies.appUrl, dependencies.apiUrl ?? dependencies.appUrl]));
  const { table, identify } = createRouteTable(dependencies);
  // Source and input may have 64 KiB each, and JSON may write a character in up to six.
  const json = express.json({ limit: '1mb', reviver: storableReviver });
  const signedIn = authenticate(dependencies.verifyToken, identify);
  const guardsOf = {
    public: [],
    optional: [authenticateIfTold(signedIn)],
    session: [signedIn],
    user: [signedIn, requireSecondFactor],
    admin: [signedIn, requireSecondFactor, requireAdmin],
  };
  const rateLimit = createRateLimit(dependencies.limits);
  for (const [method, path, endpoint] of table) {
    const [whoIsIt = json, ...guards] = guardsOf[endpoint.access];
    app[method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'](
      path,
      ...rateLimit.keepOut(endpoint),
      // Who is counted says the token or, while nobody is signed in, a member of the body.
      whoIsIt,
      ...rateLimit.count(endpoint, `${method} ${path}`),
      ...guards,
      json,
      endpoint.handler,
    );
  }
  const reading = { access: 'public', limit: 'read' } as const;
  app.use('/api', rateLimit.keepOut(reading), rateLimit.count(reading, 'GET /api/docs'));
  app.use('/api', docsRouter(createOpenApi(table, dependencies.version)));
  app.use(unknownRoute);
  app.use(errorHandler);
  return app;
};
