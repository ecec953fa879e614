import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as requestPlain, type IncomingHttpHeaders, type Server } from 'node:http';
import { request as requestTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../embedded/test-stack.js';
import { debianPrograms } from '../debian-programs.js';

const root = path.resolve(import.meta.dirname, '../../..');
const domain = 'school.test';

/** What stands behind the door, and the address under which the Caddyfile knows it. */
const programs = {
  auth: 'auth:9999',
  rest: 'rest:3000',
  storage: 'storage:5000',
  api: 'a api 4000',
  web: 'a web 3000',
};
type Program = keyof typeof programs;

interface Seen {
  program: Program;
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
}

let seen: Seen[] = [];
const servers: Server[] = [];
let folder = '';
let caddy: ChildProcess;
let log = '';
const ports = { http: 0, https: 0, inner: 0, metrics: 0, admin: 0 };

/** Writes down who asks it for what, and answers with its name. */
const standIn = async (program: Program): Promise<number> => {
  const server = createServer((from, to) => {
    seen.push({ program, method: from.method ?? '', url: from.url ?? '', headers: from.headers });
    to.end(program);
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** The gateway's own configuration; only the addresses of what it leads to, and of its inner doors, are others. */
const configuration = async (): Promise<string> => {
  let text = readFileSync(path.join(root, 'ops/caddy/Caddyfile'), 'utf8');
  const replace = (from: string, to: string): void => {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  };
  for (const [program, address] of Object.entries(programs)) {
    const port = await standIn(program as Program);
    replace(address, address.startsWith('a ') ? `a 127.0.0.1 ${port}` : `127.0.0.1:${port}`);
  }
  replace('127.0.0.1:2019', `127.0.0.1:${ports.admin}`);
  replace('http://:8000', `http://:${ports.inner}`);
  replace('http://:9180', `http://:${ports.metrics}`);
  return text;
};

interface Answer {
  status: number;
  body: string;
}

interface Question {
  method?: string;
  port?: number;
  headers?: Record<string, string>;
}

/** Asks the door for a path exactly as it is written, without what a URL would make of it. */
const ask = (pathname: string, question: Question = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', port = ports.https, headers = {} } = question;
    const options = {
      host: '127.0.0.1',
      port,
      method,
      path: pathname,
      headers: { host: domain, ...headers },
    };
    const send = port === ports.https ? requestTls : requestPlain;
    const outgoing = send({ ...options, servername: domain, rejectUnauthorized: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    outgoing.on('error', reject).end();
  });

beforeAll(async () => {
  for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  const file = path.join(folder, 'Caddyfile');
  writeFileSync(file, await configuration());
  const { caddy: program } = await debianPrograms();
  caddy = spawn(program, ['run', '--config', file, '--adapter', 'caddyfile'], {
    env: {
      DOMAIN: domain,
      APP_URL: `https://${domain}`,
      TLS_MODE: 'internal',
      HTTP_PORT: String(ports.http),
      HTTPS_PORT: String(ports.https),
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
      HOME: folder,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  caddy.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text));
  for (const end = Date.now() + 60_000; ; await sleep(200)) {
    const answer = await ask('/healthz', { port: ports.inner }).catch(() => null);
    if (answer?.status === 200 && (await ask('/').catch(() => null))?.status === 200) return;
    if (Date.now() > end || caddy.exitCode !== null) throw new Error(`the gateway does not start: ${log}`);
  }
}, 300_000);

afterAll(async () => {
  if (caddy.exitCode === null) {
    caddy.kill();
    await once(caddy, 'exit');
  }
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  seen = [];
});

const data: Program[] = ['auth', 'rest', 'storage'];
const reached = () => seen.filter(({ program }) => data.includes(program));

describe('the public door', () => {
  test.each([
    '/rest/v1',
    '/rest/v1/',
    '/rest/v1/submissions',
    '/rest/v1/rpc/enrol_by_code',
    '/storage/v1/object/files/a',
    '/storage/v1/status',
    '/auth/v1',
    '/auth/v1/',
    '/auth/v1/token?grant_type=password',
    '/auth/v1/signup',
    '/auth/v1/user',
    '/auth/v1/settings',
    '/auth/v1/health',
    '/auth/v1/admin/users',
    '/auth/v1/.well-known/jwks.json',
    '/auth/v1/verify/../user',
  ])('answers 404 at %s, by any method, with any token', async (pathname) => {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
      const answer = await ask(pathname, { method, headers: { authorization: 'Bearer x', apikey: 'y' } });
      expect({ method, status: answer.status }).toEqual({ method, status: 404 });
    }
    expect(reached()).toEqual([]);
  });

  test.each([
    '//rest/v1/users',
    '/./rest/v1/users',
    '/api/../rest/v1/users',
    '/%72est/v1/users',
    '/rest%2fv1/users',
    '/REST/v1/users',
    '/rest/./v1/users',
    '/rest//v1/users',
    '/storage%2Fv1/object/files/a',
    '/auth/v1//token',
    '/auth/v1/verify%2f..%2ftoken',
    '/auth/v1/verify/../token',
    '/healthz/../auth/v1/token',
    '/mail-templates/../rest/v1/users',
  ])('leads to no data service by %s', async (pathname) => {
    for (const method of ['GET', 'POST']) await ask(pathname, { method });
    expect(reached()).toEqual([]);
  });

  test('opens the one page of the auth service that links in its mails lead to', async () => {
    const answer = await ask('/auth/v1/verify?token=abc&type=invite');
    expect(answer).toEqual({ status: 200, body: 'auth' });
    expect(seen).toMatchObject([
      { url: '/verify?token=abc&type=invite', headers: { 'x-forwarded-proto': 'https' } },
    ]);
    expect((await ask('/auth/v1/verify', { method: 'POST' })).status).toBe(404);
  });

  test('leads to pages and api', async () => {
    expect((await ask('/login')).body).toBe('web');
    expect((await ask('/api/health')).body).toBe('api');
  });
});

describe('the gateway for api and grader', () => {
  test.each([
    ['/rest/v1/users?select=id', 'rest', '/users?select=id'],
    ['/storage/v1/object/files/a', 'storage', '/object/files/a'],
    ['/auth/v1/admin/users', 'auth', '/admin/users'],
    ['/auth/v1/token?grant_type=password', 'auth', '/token?grant_type=password'],
  ])('leads %s to %s', async (pathname, program, url) => {
    const prefix = /^\/\w+\/v1/.exec(pathname)?.[0];
    expect((await ask(pathname, { method: 'POST', port: ports.inner })).body).toBe(program);
    expect(seen).toMatchObject([{ program, method: 'POST', url, headers: { 'x-forwarded-prefix': prefix } }]);
  });

  test('tells the auth service no host, which would make it write a line to its log each time', async () => {
    await ask('/auth/v1/settings', { port: ports.inner });
    await ask('/auth/v1/verify');
    expect(seen).toHaveLength(2);
    for (const { headers } of seen) expect(headers).not.toHaveProperty('x-forwarded-host');
  });
});

test('nothing in its configuration is deprecated, and it starts without a complaint', () => {
  const lines = log
    .split('\n')
    .filter((line) => /"level":"error"|deprecated|trust store|not formatted/.test(line));
  expect(lines).toEqual([]);
});
