import type { Logger } from 'pino';
import type { ErrorReports } from './error-reports.js';

/**
 * Logs an error that nobody caught, a rejection too, sends what waits for the reports and ends the process with exit
 * code 1: what it left half done is unknown.
 */
export function endOnUnhandledError(logger: Logger, reports: ErrorReports | null): void {
  process.on('uncaughtException', (error: unknown) => {
    logger.fatal({ err: error }, 'unhandled error');
    void Promise.resolve(reports?.flush()).finally(() => process.exit(1));
  });
}
