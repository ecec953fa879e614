import { z } from 'zod';
import { isDomain, isIpAddress } from './domain.js';
import { logLevels } from './log-levels.js';

/** What the compose file needs in .env, besides settings that the programs describe themselves. */
export interface ServerSetting {
  /**
   * answer: asked for; password, secret: made at random; signed: a key signed by SUPABASE_JWT_SECRET; derived: follows
   * from other settings; fixed: has a default that few change.
   */
  kind: 'answer' | 'secret' | 'signed' | 'derived' | 'fixed';
  about: string;
  /** Only needed with this profile of compose. */
  profile?: string;
  /** Compose does without it. */
  optional?: boolean;
  schema?: z.ZodType<string>;
}

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(most, { error: `has more than ${most} characters` });

const port = z
  .string()
  .regex(/^([1-9]\d{0,4})$/, { error: 'is not a port' })
  .refine((given) => Number(given) <= 65535, {
    error: 'is not a port',
  });

const isTimezone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

export const tlsModes = ['acme', 'internal', 'files'] as const;
export type TlsMode = (typeof tlsModes)[number];

/** Every setting of an installation with Docker: setup fills them, doctor looks at them. */
export const serverSettings = {
  DOMAIN: {
    kind: 'answer',
    about: 'Name or address under which browsers reach the school.',
    schema: z
      .string()
      .trim()
      .toLowerCase()
      .refine((given) => isDomain(given) || isIpAddress(given), {
        error:
          'is no name like code.school.example and no address like 192.168.1.10; leave out https:// and slashes',
      }),
  },
  APP_URL: { kind: 'derived', about: 'https:// and DOMAIN, with the port if it is not 443.' },
  TLS_MODE: {
    kind: 'answer',
    about: 'Where the certificate comes from: acme, internal or files.',
    schema: z.enum(tlsModes, { error: 'must be acme, internal or files' }),
  },
  ACME_EMAIL: {
    kind: 'derived',
    about: 'Let’s Encrypt writes to it before a certificate runs out.',
    optional: true,
    schema: z.email({ error: 'is not an e-mail address' }),
  },
  TLS_CERT_FILE: {
    kind: 'answer',
    about: 'With TLS_MODE=files: the certificate and its chain.',
    optional: true,
  },
  TLS_KEY_FILE: { kind: 'answer', about: 'With TLS_MODE=files: the key of the certificate.', optional: true },
  HTTP_PORT: { kind: 'fixed', about: 'Port that sends browsers on to https.', optional: true, schema: port },
  HTTPS_PORT: { kind: 'fixed', about: 'Port of the school.', optional: true, schema: port },
  ORGANIZATION_NAME: { kind: 'answer', about: 'Name of the school.', schema: text(200) },
  ADMIN_EMAIL: {
    kind: 'answer',
    about: 'Whom the first invitation is for.',
    schema: z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.email({ error: 'is not an e-mail address' })),
  },
  POSTGRES_PASSWORD: { kind: 'secret', about: 'Of the database’s superuser.' },
  AUTH_DB_PASSWORD: { kind: 'secret', about: 'Of the auth service in the database.' },
  STORAGE_DB_PASSWORD: { kind: 'secret', about: 'Of the storage in the database.' },
  REST_DB_PASSWORD: { kind: 'secret', about: 'Of PostgREST in the database.' },
  METRICS_DB_PASSWORD: { kind: 'secret', about: 'Of the exporter of metrics in the database.' },
  SUPABASE_JWT_SECRET: { kind: 'secret', about: 'Signs access tokens and the two keys below.' },
  SUPABASE_ANON_KEY: { kind: 'signed', about: 'Key of whoever has not signed in.' },
  SUPABASE_SERVICE_ROLE_KEY: { kind: 'signed', about: 'Key that passes row-level security.' },
  SESSION_SECRET: { kind: 'secret', about: 'Signs session cookies.' },
  SECOND_FACTOR_SECRET: { kind: 'secret', about: 'Encrypts the secrets of authenticator apps.' },
  REDIS_PASSWORD: { kind: 'secret', about: 'Of Redis.' },
  JUDGE0_API_KEY: { kind: 'secret', about: 'Token of the judge.' },
  JUDGE0_POSTGRES_PASSWORD: {
    kind: 'secret',
    about: 'Of the official Judge0’s own database.',
    profile: 'judge0-official',
  },
  JUDGE0_REDIS_PASSWORD: {
    kind: 'secret',
    about: 'Of the official Judge0’s own Redis.',
    profile: 'judge0-official',
  },
  GRAFANA_ADMIN_PASSWORD: {
    kind: 'secret',
    about: 'Of Grafana’s user admin.',
    profile: 'monitoring',
  },
  ALERT_SMTP_HOST: {
    kind: 'derived',
    about: 'Mail server of alerts, with its port; follows from SMTP_URL.',
    optional: true,
    schema: z.string().regex(/^[^\s/@:]+:\d{1,5}$/, {
      error: 'is no name and port as mail.school.example:587',
    }),
  },
  ALERT_SMTP_USER: { kind: 'derived', about: 'Name at the mail server of alerts.', optional: true },
  ALERT_SMTP_PASSWORD: { kind: 'derived', about: 'Password at the mail server of alerts.', optional: true },
  TIMEZONE: {
    kind: 'derived',
    about: 'By which nights are quiet for alerts, as Europe/Paris; that of this machine.',
    optional: true,
    schema: z.string().refine(isTimezone, { error: 'is no time zone as Europe/Paris' }),
  },
  AUTH_LOG_LEVEL: {
    kind: 'fixed',
    about: 'What GoTrue writes to its log.',
    optional: true,
    schema: z.enum(logLevels.gotrue, { error: `must be one of ${logLevels.gotrue.join(', ')}` }),
  },
  STORAGE_LOG_LEVEL: {
    kind: 'fixed',
    about: 'What the storage writes to its log.',
    optional: true,
    schema: z.enum(logLevels.storage, { error: `must be one of ${logLevels.storage.join(', ')}` }),
  },
  ENGINE_MEMORY: {
    kind: 'fixed',
    about: 'Memory of the engine and of all programs that it runs at the same time.',
    optional: true,
    schema: z.string().regex(/^[1-9]\d*[mg]$/, { error: 'is no size as 3g or 1500m' }),
  },
  COMPOSE_PROFILES: { kind: 'answer', about: 'Parts to run: one judge, monitoring, logs.' },
  IMAGE_TAG: {
    kind: 'fixed',
    about: 'Which of our images run; make up and make upgrade write it.',
    optional: true,
  },
} as const satisfies Record<string, ServerSetting>;

export type ServerSettingName = keyof typeof serverSettings;

/** The settings, in their order, with their names. */
export const serverSettingList = (): [ServerSettingName, ServerSetting][] =>
  Object.entries(serverSettings) as [ServerSettingName, ServerSetting][];
