import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createCallbacks } from './callbacks.js';
import { isPublicAddress } from './public-address.js';

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

let server: Server;
let url: string;
let handler: Handler;
let calls: { method: string | undefined; path: string | undefined; body: string }[];

beforeAll(async () => {
  server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      calls.push({ method: req.method, path: req.url, body });
      handler(req, res);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls = [];
  handler = (_req, res) => res.end('ok');
});

async function send(target: string, allowPrivate = true): Promise<string[]> {
  const outcomes: string[] = [];
  const options = { maxTries: 2, timeoutMs: 300, allowPrivate };
  const callbacks = createCallbacks(options, pino({ level: 'silent' }), (outcome) => outcomes.push(outcome));
  callbacks.send(target, '{"a":1}');
  await callbacks.idle();
  return outcomes;
}

test('the verdict is put once as JSON', async () => {
  expect(await send(`${url}/done?x=1`)).toEqual(['delivered']);
  expect(calls).toEqual([{ method: 'PUT', path: '/done?x=1', body: '{"a":1}' }]);
});

test('any HTTP answer counts as delivered, and a redirect is not followed', async () => {
  handler = (_req, res) => res.writeHead(302, { Location: `${url}/secret` }).end();
  expect(await send(url)).toEqual(['delivered']);
  expect(calls).toHaveLength(1);
});

test('no answer in time is tried again, then given up', async () => {
  handler = () => undefined;
  expect(await send(url)).toEqual(['failed']);
  expect(calls).toHaveLength(2);
});

describe('nothing private is called', () => {
  test.each([
    'http://127.0.0.1:1/',
    'http://localhost:1/',
    'http://[::1]:1/',
    'http://2130706433/',
    'http://0x7f.1/',
  ])('%s', async (target) => expect(await send(target, false)).toEqual(['refused']));

  test('other schemes', async () => {
    expect(await send('file:///etc/passwd', true)).toEqual(['refused']);
    expect(await send('gopher://example.org/', true)).toEqual(['refused']);
  });

  test('the server hears nothing', async () => {
    expect(await send(url, false)).toEqual(['refused']);
    expect(calls).toHaveLength(0);
  });
});

test.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111'])('%s is public', (ip) =>
  expect(isPublicAddress(ip)).toBe(true),
);

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'localhost',
])('%s is not public', (ip) => expect(isPublicAddress(ip)).toBe(false));
