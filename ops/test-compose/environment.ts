import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { thisMachine } from '../doctor/machine.js';
import { valuesOf, withValues } from '../setup/env-file.js';
import { randomSecret } from '../setup/secrets.js';
import { setUp } from '../setup/setup.js';

/** No name server knows it, so the tests say where it is. */
export const domain = 'school.test';

/** Tests ask faster than people do. What limits do is shown by those that stay as they are. */
const generous = '100000/1m burst 100000';

const newerKeys = (): Record<string, string> => ({
  SUPABASE_ANON_KEY: `sb_publishable_${randomSecret()}`,
  SUPABASE_SERVICE_ROLE_KEY: `sb_secret_${randomSecret()}`,
});

/**
 * Writes the settings of a new installation into `folder`/.env as `make setup` does without a terminal. The
 * embedded Supabase takes keys of the newer kind only, so where it stands in, these take their place. Returns the file.
 */
export const writeEnvironment = async (
  folder: string,
  ports: { http: number; https: number },
  { standIns, profiles }: { standIns: boolean; profiles: string[] },
): Promise<string> => {
  const file = path.join(folder, '.env');
  const known = {
    HTTP_PORT: String(ports.http),
    HTTPS_PORT: String(ports.https),
    COMPOSE_PROFILES: profiles.join(','),
    IMAGE_TAG: 'test-compose',
    RATE_LIMIT_READ: generous,
    RATE_LIMIT_PUBLIC_READ: generous,
    RATE_LIMIT_WRITE: generous,
    // The tests read the metrics from the host, in place of Prometheus.
    METRICS_ALLOW: 'uniquelocal',
  };
  writeFileSync(file, withValues('', known), { mode: 0o600 });
  const given = {
    DOMAIN: domain,
    TLS_MODE: 'internal',
    ORGANIZATION_NAME: 'École Ada Lovelace',
    ADMIN_EMAIL: 'head@school.test',
  };
  await setUp({ machine: thisMachine(), given, ask: null, refuse: () => undefined, directory: folder });
  if (standIns) writeFileSync(file, withValues(readFileSync(file, 'utf8'), newerKeys()));
  return file;
};

/** The settings of a file by name. */
export const readEnvironment = (file: string): Record<string, string> => valuesOf(readFileSync(file, 'utf8'));
