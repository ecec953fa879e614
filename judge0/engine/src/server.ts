import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { ConfigError, type Settings, readSettings } from './config.js';
import { type Engine, createEngine } from './engine.js';
import { createLogger, endOnUnhandledError } from './logger.js';
import { NoSandboxError } from './sandbox/detect.js';

/** How long running submissions may take to end after SIGTERM, in ms. */
const DRAIN_MS = 60_000;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLogger(settings.LOG_LEVEL);
  endOnUnhandledError(log);
  const engine = await createEngine(settings, log);
  const server = await listen(engine, settings, log);
  const languages = engine.catalog.installed().map(({ name }) => name);
  log.info({ host: settings.HOST, port: settings.PORT, ...engine.info, languages }, 'engine ready');

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'engine drains');
    server.close();
    void engine.close(DRAIN_MS).then(() => {
      server.closeAllConnections();
      log.info('engine stopped');
      process.exit(0);
    });
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
}

function listen(engine: Engine, settings: Settings, log: Logger): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = engine.app.listen(settings.PORT, settings.HOST);
    server.once('listening', () => resolve(server));
    server.on('error', (error: NodeJS.ErrnoException) => {
      // One connection that cannot be taken is no reason to drop all others.
      if (server.listening) log.error({ err: error }, 'a connection could not be accepted');
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new ConfigError(`PORT: ${settings.PORT} is taken; set PORT to a free one`) : error);
    });
  });
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof NoSandboxError;
  console.error(expected ? `The engine cannot start.\n${error.message}` : error);
  process.exit(1);
});
