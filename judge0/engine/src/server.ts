import type { Server } from 'node:http';
import { ConfigError, type Settings, readSettings } from './config.js';
import { type Engine, createEngine } from './engine.js';
import { createLogger } from './logger.js';
import { NoSandboxError } from './sandbox/detect.js';

/** How long running submissions may take to end after SIGTERM, in ms. */
const DRAIN_MS = 60_000;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLogger(settings.LOG_LEVEL);
  const engine = await createEngine(settings, log);
  const server = await listen(engine, settings);
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

function listen(engine: Engine, settings: Settings): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = engine.app.listen(settings.PORT, settings.HOST);
    server.once('listening', () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => {
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
