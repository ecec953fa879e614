/** The levels that each program of the stack knows. GoTrue (logrus) and PostgREST end at once at any other. */
export const logLevels = {
  /** logrus, at v1.9: ParseLevel. */
  gotrue: ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace'],
  /** pino, which the storage uses. */
  storage: ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
  /** PostgREST 14: log-level. */
  postgrest: ['crit', 'error', 'warn', 'info', 'debug'],
} as const;
