import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import { installGlobals, type ServerBuild } from '@remix-run/node';
import express, { type ErrorRequestHandler } from 'express';
import type { ViteDevServer } from 'vite';
import { EnvError, getEnv, type Env } from './app/lib/env.server.js';
import { limitBodies } from './host/body-limit.js';
import { forwardAddress } from './host/client-address.js';
import { startErrorReports } from './host/error-reports.js';
import { numberFailures } from './host/failure-number.js';
import { createLogger } from './host/logger.js';
import { mailFramePolicy } from './host/mail-frame-policy.js';
import { storeNothing } from './host/no-store.js';
import { createMetrics } from './host/metrics.js';
import { startOperatorsServer } from './host/operators-server.js';
import { guardActions, refuseOtherOwner } from './host/page-owner.js';
import { renewSession } from './host/renew-session.js';
import { requestIdOf } from './host/request-id.js';
import { requestLog } from './host/request-log.js';
import { requestMetrics } from './host/request-metrics.js';
import { createRoutePatterns, type RoutePatterns } from './host/route-patterns.js';
import { refuseCrossOrigin, refuseForeignHosts } from './host/same-origin.js';
import { nonceOf, securityHeaders } from './host/security-headers.js';
import { staticFiles } from './host/static-files.js';
import { endOnUnhandledError } from './host/unhandled-error.js';
import { vitalsRouter } from './host/vitals.js';

const development = process.argv.includes('--dev');
// React reads it when it is loaded, which happens with the first import of the build.
process.env['NODE_ENV'] ??= development ? 'development' : 'production';

installGlobals({ nativeFetch: true });

const env = readSettings();
const { version } = createRequire(import.meta.url)(development ? './package.json' : '../package.json') as {
  version: string;
};
const reports = await startErrorReports({
  dsn: env.sentryDsn,
  release: version,
  environment: env.appEnv,
});
const logger = createLogger(env.logLevel, reports);
endOnUnhandledError(logger, reports);
const metrics = createMetrics();
metrics.collectProcessMetrics({ version, revision: env.revision });
let patterns: RoutePatterns | null = null;
const app = express().disable('x-powered-by').set('trust proxy', env.trustedProxies);
const server = createServer(app);

app.use(requestMetrics(metrics, () => patterns));
app.use(...securityHeaders({ https: env.https, development }), mailFramePolicy);
app.get('/healthz', (_req, res) => {
  res.type('text/plain').send('ok\n');
});
app.use(...requestLog(logger), forwardAddress, refuseForeignHosts(env.appUrl), refuseCrossOrigin(env.appUrl));
app.use(limitBodies());
app.use(vitalsRouter(metrics, () => patterns));

const vite = development ? await startVite() : undefined;
app.use(vite ? vite.middlewares : staticFiles(pathTo('client')));

/** Beside web/, as in the repository: images have it there, too. */
const runbookFolder = pathTo(development ? '../ops/runbook' : '../../ops/runbook');
const build = vite ? () => loadFrom(vite) : await loadBuild();
if (typeof build !== 'function') patterns = createRoutePatterns(build.routes);
const remix = createRequestHandler({
  build,
  mode: development ? 'development' : 'production',
  getLoadContext: (req, res) => ({
    cspNonce: nonceOf(res),
    requestId: requestIdOf(req),
    runbookFolder,
    log: req.log,
  }),
});
// It hands every failure to next(), so nobody has to wait for its promise.
app.all(
  '*',
  storeNothing,
  numberFailures(),
  renewSession(),
  refuseOtherOwner(),
  (req, res, next) => void remix(req, res, next),
);

const lastResort: ErrorRequestHandler = (error: { status?: number }, req, res, next) => {
  if (res.headersSent) return next(error);
  const status = error.status && error.status < 500 ? error.status : 500;
  if (status === 500) req.log?.error({ err: error }, 'request failed');
  res
    .status(status)
    .type('text/plain')
    .send(status === 500 ? `Something broke. Request ${requestIdOf(req)}\n` : 'Not found\n');
};
app.use(lastResort);

startOperatorsServer(
  { host: env.host, port: env.metricsPort, allow: env.metricsAllow, logger },
  metrics.registry,
);
server.listen(env.port, env.host, () => logger.info({ url: env.appUrl, port: env.port }, 'web is listening'));
server.on('error', (error: NodeJS.ErrnoException) => {
  if (server.listening) return logger.error({ err: error }, 'a connection could not be accepted');
  const taken = error.code === 'EADDRINUSE';
  logger.fatal(
    taken ? `Port ${env.port} is taken. Stop what uses it, or set WEB_PORT to another port.` : error.message,
  );
  process.exit(1);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(signal));

/** Answers what is under way, then ends; whoever watches a submission for longer than 5 s is cut off. */
function stop(signal: string): void {
  logger.info({ signal }, 'web is stopping');
  server.close(() => void (reports?.flush() ?? Promise.resolve()).finally(() => process.exit(0)));
  void vite?.close();
  setTimeout(() => {
    server.closeAllConnections();
    // Not waited for: a WebSocket (Vite's) keeps the server open and is not among these connections.
    setTimeout(() => process.exit(0), 500);
  }, 5_000).unref();
}

function readSettings(): Env {
  try {
    return getEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** A path inside build/, next to which this file is compiled. */
function pathTo(inBuild: string): string {
  return fileURLToPath(new URL(inBuild, import.meta.url));
}

async function loadBuild(): Promise<ServerBuild> {
  return guardActions((await import(pathToFileURL(pathTo('server/index.js')).href)) as ServerBuild);
}

/** The pages as they are now; those that are new since the last time are known to the metrics, too. */
async function loadFrom(vite: ViteDevServer): Promise<ServerBuild> {
  const build = (await vite.ssrLoadModule('virtual:remix/server-build')) as ServerBuild;
  patterns = createRoutePatterns(build.routes);
  return guardActions(build);
}

async function startVite(): Promise<ViteDevServer> {
  const { createServer: createViteServer } = await import('vite');
  return createViteServer({ server: { middlewareMode: true, hmr: { server } } });
}
