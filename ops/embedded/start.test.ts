import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './child-process.js';
import { loadLocalSecrets } from './local-secrets.js';
import { lockHolder, ProcessLockedError, takeLock } from './process-lock.js';
import { requireFreePorts } from './ports.js';
import { readStartSettings } from './start-settings.js';
import { freePort } from './test-stack.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'start-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const run = async (script: string, env: Record<string, string> = {}) => {
  const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const [WEB_PORT, API_PORT, ENGINE_PORT, SUPABASE_PORT] = ports.map(String);
  return spawnSync(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    encoding: 'utf8',
    input: '',
    timeout: 60_000,
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: directory,
      WEB_PORT,
      API_PORT,
      ENGINE_PORT,
      SUPABASE_PORT,
      ...env,
    },
  });
};
const start = (env?: Record<string, string>) => run('ops/embedded/start.ts', env);
const reset = (env?: Record<string, string>) => run('ops/embedded/reset.ts', env);

describe('make start', () => {
  test('refuses demo mode in production with a sentence', async () => {
    const { status, stderr } = await start({ NODE_ENV: 'production' });
    expect(status).toBe(1);
    expect(stderr).toContain('it is refused in production');
  });

  test('names every bad setting at once', async () => {
    const { status, stderr } = await start({ WEB_PORT: 'http', DATABASE_URL: 'mysql://x' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/WEB_PORT is not a number\n.*DATABASE_URL must start with postgres:/);
  });

  test('names a taken port, its program and the setting, and starts nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const taken = String((server.address() as AddressInfo).port);
    const { status, stderr } = await start({ API_PORT: taken, ENGINE_PORT: taken });
    server.close();
    expect(status).toBe(1);
    expect(stderr).toContain(`Port ${taken} is taken by process ${process.pid}`);
    expect(stderr).toContain('API_PORT=');
    expect(stderr).toContain('API_PORT and ENGINE_PORT are both');
    expect(() => statSync(path.join(directory, 'secrets.json'))).toThrow('ENOENT');
  });

  test('says what to do about secrets that cannot be read, and leaves them', async () => {
    writeFileSync(path.join(directory, 'secrets.json'), '{"jwt');
    const { status, stderr } = await start();
    expect(status).toBe(1);
    expect(stderr).toMatch(/secrets\.json cannot be read \(it is no JSON\)[^]*make reset/);
    expect(readFileSync(path.join(directory, 'secrets.json'), 'utf8')).toBe('{"jwt');
  });

  test('says what to do about a database that does not open', async () => {
    mkdirSync(path.join(directory, 'database'));
    writeFileSync(path.join(directory, 'database/PG_VERSION'), '18\n');
    const { status, stderr } = await start();
    expect(status).toBe(1);
    expect(stderr).toMatch(/supabase ended at start[^]*does not open[^]*make reset/);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  }, 60_000);
});

describe('make reset', () => {
  const looksUsed = () => mkdirSync(path.join(directory, 'logs'));

  test('removes the data directory when told not to ask', async () => {
    looksUsed();
    expect((await reset({ YES: '1' })).status).toBe(0);
    expect(() => statSync(directory)).toThrow('ENOENT');
  });

  test('removes nothing when nobody answers, or while the school runs, or in a folder that is not ours', async () => {
    expect((await reset({ YES: '1' })).stderr).toContain('is not a data directory of ours');
    looksUsed();
    expect((await reset()).stderr).toContain('make reset YES=1');
    takeLock(path.join(directory, 'supervisor.pid'));
    expect((await reset({ YES: '1' })).stderr).toContain(`is running (process ${process.pid})`);
    expect(statSync(directory).isDirectory()).toBe(true);
  });
});

describe('local secrets', () => {
  test('are made once, for this user only, with a password that can be typed for each account', () => {
    const file = path.join(directory, 'secrets.json');
    const first = loadLocalSecrets(file, ['a@demo.school']);
    const second = loadLocalSecrets(file, ['a@demo.school', 'b@demo.school']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(second).toEqual({ ...first, demoPasswords: expect.objectContaining(first.demoPasswords) });
    for (const password of Object.values(second.demoPasswords)) {
      expect(password).toMatch(/^[a-z]+-[a-z]+-[a-z]+-\d\d$/);
      expect(password.length).toBeGreaterThanOrEqual(10);
    }
  });
});

describe('the lock of a data directory', () => {
  test('is refused while its holder lives, and taken over from a dead one or another of the same number', () => {
    const file = path.join(directory, 'lock');
    const release = takeLock(file);
    expect(() => takeLock(file)).toThrow(ProcessLockedError);
    release();
    writeFileSync(file, '999999999 1\n');
    expect(lockHolder(file)).toBeNull();
    writeFileSync(file, `${process.pid} 1\n`);
    takeLock(file)();
    expect(lockHolder(file)).toBeNull();
  });
});

describe('settings and ports', () => {
  test('an empty variable counts as unset, and the address follows from port and host', () => {
    const settings = readStartSettings({ WEB_PORT: '8080', HOST: '', DATA_DIR: '' });
    expect(settings).toMatchObject({ host: '127.0.0.1', appUrl: 'http://localhost:8080' });
    expect(readStartSettings({ APP_URL: 'https://code.example' }).appUrl).toBe('https://code.example');
    expect(readStartSettings({ HOST: '0.0.0.0' }).appUrl).toMatch(/^http:\/\/[\w.]+:3000$/);
  });

  test('free ports pass', async () => {
    await requireFreePorts([{ setting: 'WEB_PORT', port: await freePort(), host: '127.0.0.1' }]);
  });

  test('a folder that cannot be written is named', async () => {
    const file = path.join(directory, 'file');
    writeFileSync(file, '');
    const { stderr, status } = await start({ DATA_DIR: `${file}/data` });
    expect(status).toBe(1);
    expect(stderr).toContain('file/data cannot be used (ENOTDIR)');
  });
});
