import { z } from 'zod';
import { problemsBetween } from './config-checks.js';
import { operationsSettings } from './config-operations.js';
import { redisSettings } from './config-redis.js';
import { limitSetting, trustedProxies } from './limits/settings.js';
import { httpUrl, httpUrls, megabytes, port, required, seconds } from './lib/setting-types.js';
import { readSettings, SettingsError, type Setting, type ValuesOf } from './lib/settings.js';

/** Every setting that the api and the grader read: the only list of them. */
export const settings = {
  NODE_ENV: {
    schema: z.enum(['development', 'test', 'production'], {
      error: 'must be development, test or production',
    }),
    group: 'mode',
    about: 'Mode of Node and its libraries.',
  },
  APP_ENV: {
    schema: z
      .enum(['development', 'staging', 'production'], { error: 'must be development, staging or production' })
      .optional(),
    group: 'mode',
    about: 'Log level and checks: development all, staging debug, production warnings and errors over https.',
  },
  ...operationsSettings,
  DRILL: {
    schema: z.enum(['off', 'on'], { error: 'must be on or off' }).default('off'),
    group: 'mode',
    about: 'Development only: a request may ask to be answered late or with an error, to try alerts.',
  },
  HOST: { schema: z.string().default('127.0.0.1'), group: 'mode', about: 'Address to listen on.' },
  API_PORT: { schema: port(4000), group: 'api', about: 'Port of the api.' },
  APP_URL: {
    schema: httpUrl,
    group: 'api',
    about: 'Where browsers reach the product; links in mails lead here.',
    aliases: ['NEXT_PUBLIC_APP_URL'],
  },
  API_URL: {
    schema: httpUrl,
    group: 'api',
    about: 'Where web reaches the api.',
    aliases: ['NEXT_PUBLIC_API_URL'],
  },
  SUPABASE_URL: {
    schema: httpUrl,
    group: 'supabase',
    about: 'Address of the Supabase project.',
    aliases: ['NEXT_PUBLIC_SUPABASE_URL'],
  },
  SUPABASE_ANON_KEY: {
    schema: required('the anon (publishable) key of the project'),
    group: 'supabase',
    secret: true,
    about: 'Anonymous key of the project.',
    aliases: ['NEXT_PUBLIC_SUPABASE_ANON_KEY'],
  },
  SUPABASE_SERVICE_ROLE_KEY: {
    schema: required('the service_role (secret) key of the project'),
    group: 'supabase',
    secret: true,
    about: 'Key that passes row-level security; used by the grader and for administration.',
  },
  SUPABASE_JWT_SECRET: {
    schema: required('the JWT secret of the project, or leave it out')
      .min(32, { error: 'must have at least 32 characters' })
      .optional(),
    group: 'supabase',
    secret: true,
    about: 'Shared secret of access tokens (HS256). Unset: the public keys of the project are used.',
  },
  SECOND_FACTOR_SECRET: {
    schema: required('at least 32 random characters, or leave it out')
      .min(32, { error: 'must have at least 32 characters' })
      .optional(),
    group: 'supabase',
    secret: true,
    about: 'Encrypts the secrets of authenticator apps; who has a second step needs it unchanged to sign in.',
    offWithout: 'Setting up a second step at sign-in.',
  },
  ...redisSettings,
  JUDGE0_API_URL: {
    schema: httpUrls.optional(),
    group: 'judge',
    about:
      'Addresses of Judge0 APIs, separated by commas: engines, an official Judge0 or RapidAPI’s. Work is shared out.',
    offWithout: 'Running and judging code.',
  },
  JUDGE0_API_KEY: {
    schema: required('the token of the judge, or leave it out').optional(),
    group: 'judge',
    secret: true,
    about: 'Sent as X-Auth-Token, or as X-RapidAPI-Key when the host is RapidAPI’s.',
  },
  JUDGE0_CANARY_SECONDS: {
    schema: seconds(30, 30),
    group: 'judge',
    about: 'Least time between two programs that health runs to try the judge; more where each run costs.',
  },
  RUN_CONCURRENCY: {
    schema: z.coerce.number().int().min(1).max(512).default(4),
    group: 'judge',
    about: 'Runs that one api has at the judge at a time; others wait for their turns, person by person.',
  },
  GRADER_CONCURRENCY: {
    schema: seconds(2),
    group: 'grader',
    about: 'Submissions that one grader judges at a time.',
  },
  GRADER_LEASE_SECONDS: {
    schema: seconds(20),
    group: 'grader',
    about: 'After this time without a sign of life another grader takes a submission over.',
  },
  TRUSTED_PROXIES: {
    schema: trustedProxies,
    group: 'limits',
    about: 'Whose X-Forwarded-For is believed: the proxies in front of web and, for the api, web itself.',
  },
  RATE_LIMIT_AUTH: limitSetting('Registering and signing in, by address and e-mail'),
  RATE_LIMIT_PASSWORD_RESET: limitSetting('Setting a new password, by address and e-mail'),
  RATE_LIMIT_READ: limitSetting('Reading, by person or address'),
  RATE_LIMIT_PUBLIC_READ: limitSetting('Reading what is the same for everybody, by address'),
  RATE_LIMIT_WRITE: limitSetting('Changes, by person'),
  RATE_LIMIT_UPLOAD: limitSetting('Uploads, by person'),
  RATE_LIMIT_EXECUTION: limitSetting('Runs and submissions, by person'),
  RATE_LIMIT_ADMIN: limitSetting('Administration, by person'),
  MAILJET_API_KEY: {
    schema: required('the API key of your Mailjet account, or leave it out').optional(),
    group: 'mail',
    secret: true,
    about: 'Mails go out by Mailjet.',
    offWithout: 'Mails, unless SMTP_URL is set: administrators hand links over themselves.',
  },
  MAILJET_API_SECRET: {
    schema: required('the secret key of your Mailjet account, or leave it out').optional(),
    group: 'mail',
    secret: true,
    about: 'Belongs to MAILJET_API_KEY.',
  },
  MAILJET_API_URL: {
    schema: httpUrl.default('https://api.mailjet.com'),
    group: 'mail',
    about: 'Address of Mailjet’s api; accounts of its US region have https://api.us.mailjet.com.',
  },
  SMTP_URL: {
    schema: z
      .string()
      .refine((text) => /^smtps?:\/\/\S+$/.test(text) && URL.canParse(text), {
        error: 'is not a smtp:// or smtps:// address',
      })
      .meta({ title: 'smtp:// or smtps:// address' })
      .optional(),
    group: 'mail',
    secret: true,
    about:
      'A mail server in place of Mailjet, with name and password: smtp://name:password@mail.example:587.',
    offWithout: 'Mails, unless Mailjet’s keys are set: administrators hand links over themselves.',
  },
  FROM_EMAIL: {
    schema: z.email({ error: 'is not an e-mail address' }).meta({ title: 'e-mail address' }).optional(),
    group: 'mail',
    about: 'Whom mails are from; the mail server must let us send in this name.',
  },
  FROM_NAME: {
    schema: z.string().min(1).max(100).default('Coding Platform'),
    group: 'mail',
    about: 'The name beside FROM_EMAIL.',
  },
  MAILBOX: {
    schema: z
      .enum(['off', 'admins', 'everyone'], { error: 'must be off, admins or everyone' })
      .default('off'),
    group: 'mail',
    about: 'Development only: mails are kept and shown in a page, to these people, when nothing sends them.',
  },
  UPLOAD_MAX_MB: {
    schema: megabytes(25, 1024),
    group: 'files',
    about: 'Largest file of a lesson, in MB. The Storage has a limit of its own, which must not be lower.',
  },
  UPLOAD_QUOTA_MB: {
    schema: megabytes(500, 1_048_576),
    group: 'files',
    about: 'What the files of one person may have together, in MB.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
export type Values = ValuesOf<typeof settings>;

const levels = { development: 'trace', staging: 'debug', production: 'warn' } as const;

/** Upstash speaks Redis' own protocol over TLS at the same host, with the same token as password. */
const upstashRedisUrl = (value: Values): string | undefined =>
  value.UPSTASH_REDIS_REST_URL && value.UPSTASH_REDIS_REST_TOKEN
    ? `rediss://default:${encodeURIComponent(value.UPSTASH_REDIS_REST_TOKEN)}@${new URL(value.UPSTASH_REDIS_REST_URL).hostname}:6379`
    : undefined;

/**
 * Reads and checks all settings at once, each from NAME or from the file that NAME_FILE names. Throws SettingsError
 * naming every bad one; never prints a value.
 */
export const readConfig = (env: NodeJS.ProcessEnv) => {
  const { values, problems } = readSettings(settings, env);
  problems.push(...problemsBetween(values, env));
  if (problems.length > 0) throw new SettingsError(problems);
  const value = values as Values;
  const appEnv = value.APP_ENV ?? (value.NODE_ENV === 'production' ? 'production' : 'development');
  return {
    host: value.HOST,
    port: value.API_PORT,
    metricsPort: value.METRICS_PORT,
    metricsAllow: value.METRICS_ALLOW,
    revision: value.BUILD_REVISION,
    production: value.NODE_ENV === 'production',
    appEnv,
    logLevel: value.LOG_LEVEL ?? (value.NODE_ENV === 'test' ? 'silent' : levels[appEnv]),
    slowMs: value.SLOW_OPERATION_MS,
    drill: value.DRILL === 'on',
    appUrl: value.APP_URL,
    apiUrl: value.API_URL,
    supabase: {
      url: value.SUPABASE_URL,
      anonKey: value.SUPABASE_ANON_KEY,
      serviceRoleKey: value.SUPABASE_SERVICE_ROLE_KEY,
      jwtSecret: value.SUPABASE_JWT_SECRET,
    },
    secondFactorSecret: value.SECOND_FACTOR_SECRET,
    redisUrl: value.REDIS_URL ?? upstashRedisUrl(value),
    judge: value.JUDGE0_API_URL ? { urls: value.JUDGE0_API_URL, key: value.JUDGE0_API_KEY } : null,
    canaryMs: value.JUDGE0_CANARY_SECONDS * 1000,
    runConcurrency: value.RUN_CONCURRENCY,
    grader: {
      concurrency: Math.floor(value.GRADER_CONCURRENCY),
      leaseSeconds: Math.ceil(value.GRADER_LEASE_SECONDS),
    },
    trustedProxies: value.TRUSTED_PROXIES,
    rateLimits: {
      auth: value.RATE_LIMIT_AUTH,
      password_reset: value.RATE_LIMIT_PASSWORD_RESET,
      read: value.RATE_LIMIT_READ,
      public_read: value.RATE_LIMIT_PUBLIC_READ,
      write: value.RATE_LIMIT_WRITE,
      upload: value.RATE_LIMIT_UPLOAD,
      execution: value.RATE_LIMIT_EXECUTION,
      admin: value.RATE_LIMIT_ADMIN,
    },
    uploads: {
      maxBytes: value.UPLOAD_MAX_MB * 1024 * 1024,
      quotaBytes: value.UPLOAD_QUOTA_MB * 1024 * 1024,
    },
    mail: {
      from: { email: value.FROM_EMAIL ?? '', name: value.FROM_NAME },
      mailjet:
        value.MAILJET_API_KEY && value.MAILJET_API_SECRET
          ? { apiKey: value.MAILJET_API_KEY, apiSecret: value.MAILJET_API_SECRET, url: value.MAILJET_API_URL }
          : null,
      smtpUrl: value.SMTP_URL ?? null,
      mailbox: value.MAILBOX === 'off' ? null : value.MAILBOX,
    },
    sentryDsn: value.SENTRY_DSN,
    prometheusUrl: value.PROMETHEUS_URL,
  };
};

export type Config = ReturnType<typeof readConfig>;

/** The settings of this process; a bad one ends it with exit code 1 and the list of what to mend. */
export const readConfigOrExit = (): Config => {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
};
