import { type Logger, pino } from 'pino';

/** The engine's log: one JSON object a line on standard output, never with source code or outputs. */
export function createLogger(level: string): Logger {
  return pino({ level, base: { service: 'engine' }, timestamp: pino.stdTimeFunctions.isoTime });
}
