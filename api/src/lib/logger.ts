import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** Whatever holds one of these never reaches a log line, at any of the depths that our objects have. */
const secretKeys = [
  'password',
  'accessToken',
  'refreshToken',
  'token',
  'authorization',
  'cookie',
  'apikey',
  'x-auth-token',
  'anonKey',
  'serviceRoleKey',
  'jwtSecret',
  'sourceCode',
  'source_code',
];

/** A JSON logger, on standard output unless said otherwise. Secrets and source code are replaced by "[hidden]". */
export const createLogger = (program: string, level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      name: program,
      level,
      redact: {
        paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]),
        censor: '[hidden]',
      },
      serializers: { err: pino.stdSerializers.err, error: pino.stdSerializers.err },
    },
    destination ?? pino.destination(1),
  );
