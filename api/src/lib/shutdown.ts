import type { Logger } from './logger.js';

/**
 * Runs `stop` once on SIGTERM or SIGINT and then ends the process; a stop that takes longer than graceMs is cut off
 * with exit code 1.
 */
export const onShutdown = (logger: Logger, graceMs: number, stop: () => Promise<void>): void => {
  let stopping = false;
  const handle = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), graceMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', handle);
  process.once('SIGINT', handle);
};

/**
 * Logs an error that nobody caught, a rejection too, waits for `flush` and ends the process with exit code 1: what it
 * left half done is unknown.
 */
export const endOnUnhandledError = (logger: Logger, flush: () => Promise<void> | undefined): void => {
  process.on('uncaughtException', (error: unknown) => {
    logger.fatal({ err: error }, 'unhandled error');
    void Promise.resolve(flush()).finally(() => process.exit(1));
  });
};
