import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { settings as apiSettings } from '../../api/src/config.js';
import { isAtLeast } from '../doctor/versions.js';
import { logLevels } from '../setup/log-levels.js';
import { serverSettings } from '../setup/settings.js';
import { allServices, networksOf, projectFolder, readComposeFile, type Service } from './compose-file.js';

const compose = readComposeFile();
const service = (name: string): Service => compose.services[name] ?? {};

describe('what is true of the programs of others at the versions that we run', () => {
  test('no health check says localhost: the storage has no IPv6, and Alpine’s wget asks ::1 alone', () => {
    const checks = allServices().map(([name, { healthcheck }]) => [
      name,
      JSON.stringify(healthcheck ?? null),
    ]);
    const inImages = readFileSync(path.join(projectFolder, 'Dockerfile'), 'utf8').match(
      /^HEALTHCHECK.*(\n\s+CMD.*)?/gm,
    );
    expect(inImages?.length).toBeGreaterThan(2);
    expect(checks.filter(([, text = '']) => text.includes('localhost'))).toEqual([]);
    expect(inImages?.filter((text) => text.includes('localhost'))).toEqual([]);
  });

  test('images of ours are never asked for in a registry, where their names may belong to somebody', () => {
    const ours = allServices().filter(([, { image = '' }]) => image.startsWith('coding-platform/'));
    expect(ours.length).toBeGreaterThan(8);
    expect(ours.filter(([, { pull_policy }]) => pull_policy !== 'never').map(([name]) => name)).toEqual([]);
  });

  test('Loki has a shell and wget for its health check: from 3.7 on it is asked by its own -health', () => {
    const [, version = ''] = (service('loki').image ?? '').split(':');
    const test = JSON.stringify(service('loki').healthcheck?.test);
    expect(test.includes('wget')).toBe(!isAtLeast(version, '3.7'));
  });

  test('Grafana has the memory that it was seen to use, and no plugin that we have no data for', () => {
    const { mem_limit, pids_limit = 0, environment = {} } = service('grafana');
    expect([mem_limit, pids_limit >= 512]).toEqual(['1g', true]);
    const off = (environment['GF_PLUGINS_DISABLE_PLUGINS'] ?? '').split(',');
    expect(off).toEqual(expect.arrayContaining(['mysql', 'mssql', 'tempo', 'cloudwatch', 'elasticsearch']));
    const used = (
      parse(
        readFileSync(path.join(projectFolder, 'grafana/provisioning/datasources/datasources.yml'), 'utf8'),
      ) as { datasources: { type: string }[] }
    ).datasources.map(({ type }) => type);
    expect(off.filter((plugin) => used.includes(plugin))).toEqual([]);
    expect(environment['GF_PLUGINS_PREINSTALL_AUTO_UPDATE']).toBe('false');
  });

  test('nobody reports to its maker', () => {
    expect(service('alloy').command).toContain('--disable-reporting');
    expect(service('grafana').environment).toMatchObject({ GF_ANALYTICS_REPORTING_ENABLED: 'false' });
    expect(readFileSync(path.join(projectFolder, 'grafana/loki/loki.yml'), 'utf8')).toContain(
      'reporting_enabled: false',
    );
  });

  test('the probe of the public address reaches it by any kind of DOMAIN', () => {
    const leadsOut = networksOf(service('blackbox')).filter((name) => !compose.networks[name]?.internal);
    expect(leadsOut).not.toEqual([]);
  });
});

/** The program of a service by its image, and the levels that it knows. */
const levelsOf = ({ image = '' }: Service): readonly string[] => {
  if (image.startsWith('supabase/gotrue:')) return logLevels.gotrue;
  if (image.startsWith('supabase/storage-api:')) return logLevels.storage;
  if (image.startsWith('postgrest/postgrest:')) return logLevels.postgrest;
  // Empty: the default.
  if (image.startsWith('coding-platform/')) return ['', ...optionsOf('LOG_LEVEL')];
  return [];
};

const optionsOf = (name: string): string[] => {
  const known = { ...serverSettings, LOG_LEVEL: apiSettings.LOG_LEVEL } as Record<
    string,
    { schema?: unknown }
  >;
  const schema = known[name]?.schema as
    { options?: string[]; unwrap?: () => { options: string[] } } | undefined;
  return schema?.options ?? schema?.unwrap?.().options ?? ['anything at all'];
};

/** Every value that .env can give to a level: the default, and whatever the setting takes. */
const valuesOf = (text: string): string[] => {
  const [, name, otherwise = ''] = /^\$\{(\w+):?-?([^}]*)\}$/.exec(text) ?? [];
  return name ? [otherwise, ...optionsOf(name)] : [text];
};

describe('levels of logs', () => {
  const given = Object.entries(compose.services).flatMap(([name, one]) =>
    Object.entries(one.environment ?? {})
      .filter(([key]) => /LOG_LEVEL$/.test(key))
      .map(([key, value]) => ({ name, key, value: value ?? '', known: levelsOf(one) })),
  );

  test('are those of eight services', () => {
    expect(given.length).toBeGreaterThanOrEqual(8);
  });

  test.each(given)('$name knows every value that $key can take', ({ value, known }) => {
    expect(valuesOf(value).filter((level) => !known.includes(level))).toEqual([]);
  });
});

describe('start scripts', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'start-script-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a service's script with its program replaced by one that tells its arguments and its environment. */
  const start = (name: string, program: string, env: Record<string, string>) => {
    const bin = path.join(folder, 'program');
    writeFileSync(bin, '#!/bin/sh\nprintf "%s\\n" "$@"\necho --\nenv\n', { mode: 0o755 });
    mkdirSync(path.join(folder, 'etc'), { recursive: true });
    const script = ((service(name).command ?? [])[0] ?? '')
      .replaceAll('$$', '$')
      .replaceAll('/tmp/', `${folder}/`)
      .replaceAll(program, bin)
      .replaceAll('/etc/prometheus/', `${projectFolder}/prometheus/`);
    const given = { PATH: process.env['PATH'] ?? '', ...env };
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8', env: given });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [args = '', environment = ''] = stdout.split('--\n').slice(-2);
    return { args, environment: environment.split('\n'), all: stdout };
  };
  const grafana = (env: Record<string, string>) =>
    start('grafana', '/run.sh', { GF_SECURITY_ADMIN_PASSWORD: 'x', ...env })
      .environment.filter((line) => line.startsWith('GF_SMTP_'))
      .sort();
  const mailjet = { MAILJET_API_KEY: 'key', MAILJET_API_SECRET: 'secret' };

  test('Grafana sends alerts by the school’s own mail server, without Mailjet', () => {
    const sent = grafana({
      ALERT_SMTP_HOST: 'mail.example:587',
      ALERT_SMTP_USER: 'u',
      ALERT_SMTP_PASSWORD: 'p',
    });
    expect(sent).toEqual([
      'GF_SMTP_ENABLED=true',
      'GF_SMTP_HOST=mail.example:587',
      'GF_SMTP_PASSWORD=p',
      'GF_SMTP_USER=u',
    ]);
  });

  test('or by Mailjet, or not at all', () => {
    expect(grafana(mailjet)).toEqual([
      'GF_SMTP_ENABLED=true',
      'GF_SMTP_HOST=in-v3.mailjet.com:587',
      'GF_SMTP_PASSWORD=secret',
      'GF_SMTP_USER=key',
    ]);
    expect(grafana({ MAILJET_API_KEY: '', ALERT_SMTP_HOST: '' })).toEqual([]);
  });

  test('Mailjet’s keys are not shown to another mail server', () => {
    expect(grafana({ ...mailjet, ALERT_SMTP_HOST: 'relay.example:25' }).join()).not.toMatch(/secret|=key/);
  });

  test('Prometheus gets what it keeps from its file, since the options for it are deprecated', () => {
    const settings = { APP_URL: 'https://school.example', RETENTION_TIME: '45d', RETENTION_SIZE: '8GB' };
    const { all } = start('prometheus', '/bin/prometheus', settings);
    expect(all).not.toContain('retention');
    const file = readFileSync(path.join(folder, 'prometheus.yml'), 'utf8');
    expect(parse(file)).toMatchObject({
      storage: { tsdb: { retention: { time: '45d', size: '8GB' } } },
      scrape_configs: expect.arrayContaining([expect.objectContaining({ job_name: 'api' })]) as unknown,
    });
    expect(JSON.parse(readFileSync(path.join(folder, 'public.json'), 'utf8'))).toEqual([
      { targets: ['https://school.example'] },
    ]);
  });
});
