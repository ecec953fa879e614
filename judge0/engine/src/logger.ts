import { type Logger, pino } from 'pino';

/** The engine's log: one JSON object a line on standard output, never with source code or outputs. */
export function createLogger(level: string): Logger {
  return pino({ level, base: { service: 'engine' }, timestamp: pino.stdTimeFunctions.isoTime });
}

/** Logs an error that nobody caught and ends the process with exit code 1: what it left half done is unknown. */
export function endOnUnhandledError(log: Logger): void {
  process.on('uncaughtException', (error: unknown) => {
    log.fatal({ err: error }, 'unhandled error');
    process.exit(1);
  });
}
