import { createServer, type Server } from 'node:http';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { createAdmission } from '../app/lib/allowed-sources.server.js';

interface Answer {
  status: number;
  type: string;
  text: string;
}

const words = (status: number, text: string): Answer => ({ status, type: 'text/plain', text });

/** Answers /metrics on a port of its own, which must not be public, to those whom `allow` lists; without a port, nobody. */
export const startOperatorsServer = (
  options: { host: string; port: number | undefined; allow: string[]; logger: Logger },
  registry: Registry,
): Server | null => {
  const { host, port, allow, logger } = options;
  if (port === undefined) return null;
  const mayAsk = createAdmission(allow);
  const answerTo = async (address: string, path: string): Promise<Answer> => {
    if (!(await mayAsk(address))) {
      return words(403, 'This port is for the monitoring only. METRICS_ALLOW says who may ask.\n');
    }
    if (path !== '/metrics') return words(404, 'There is nothing at this address.\n');
    return { status: 200, type: registry.contentType, text: await registry.metrics() };
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    answerTo(request.socket.remoteAddress ?? '', path).then(
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
