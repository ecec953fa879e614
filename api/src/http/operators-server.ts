import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';
import { createAdmission } from '../lib/allowed-sources.js';
import type { Logger } from '../lib/logger.js';

interface Answer {
  status: number;
  type: string;
  text: string;
}

const json = (status: number, body: unknown): Answer => ({
  status,
  type: 'application/json',
  text: JSON.stringify(body),
});

/** What operators ask one process on a port of its own, which must not be public: it tells reasons and addresses. */
export interface OperatorsRoutes {
  registry: Registry;
  /** For a program without a public port. */
  health?: {
    health: (openly: boolean) => Promise<{ status: 'healthy' | 'degraded' }>;
    notReadyReason: () => Promise<string | null>;
  };
}

const text = (status: number, text: string): Answer => ({ status, type: 'text/plain', text });

const answerTo = async (path: string, { registry, health }: OperatorsRoutes): Promise<Answer> => {
  if (path === '/metrics') {
    return { status: 200, type: registry.contentType, text: await registry.metrics() };
  }
  if (path === '/health' && health) {
    const body = await health.health(true);
    return json(body.status === 'healthy' ? 200 : 503, body);
  }
  if (path === '/ready' && health) {
    const reason = await health.notReadyReason();
    return json(reason ? 503 : 200, { ready: reason === null, timestamp: new Date().toISOString(), reason });
  }
  return text(404, 'There is nothing at this address.\n');
};

/**
 * Listens for Prometheus and for whoever asks how a process is, and answers those whom `allow` lists; without a port,
 * nobody.
 */
export const startOperatorsServer = (
  options: { host: string; port: number | undefined; allow: string[]; logger: Logger },
  routes: OperatorsRoutes,
): Server | null => {
  const { host, port, allow, logger } = options;
  if (port === undefined) return null;
  const mayAsk = createAdmission(allow);
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const answer = async (): Promise<Answer> =>
      (await mayAsk(request.socket.remoteAddress ?? ''))
        ? answerTo(path, routes)
        : text(403, 'This port is for the monitoring only. METRICS_ALLOW says who may ask.\n');
    answer().then(
      ({ status, type, text }) => response.writeHead(status, { 'Content-Type': type }).end(text),
      (error: unknown) => {
        logger.error({ err: error, operation: `operators ${path}` }, 'no answer for operators');
        response.writeHead(500).end();
      },
    );
  });
  server.on('error', (error) => {
    if (server.listening) {
      logger.error({ err: error }, 'a connection could not be accepted');
      return;
    }
    logger.fatal({ err: error }, `cannot listen on ${host}:${port} (METRICS_PORT)`);
    process.exit(1);
  });
  return server.listen(port, host);
};
