import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { relayEvents } from './event-relay.server';

let server: Server | undefined;
const open: ServerResponse[] = [];

/** A real server that sends what the test tells it to, and knows when its client has gone. */
const startUpstream = async () => {
  let closed = () => {};
  const clientGone = new Promise<void>((resolve) => (closed = resolve));
  server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    response.on('close', closed);
    open.push(response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, clientGone };
};

afterEach(() => {
  open.splice(0).forEach((response) => response.destroy());
  server?.closeAllConnections();
  server?.close();
});

const request = (signal?: AbortSignal) =>
  new Request('http://web.invalid/submissions/1/events', signal ? { signal } : {});

test('bytes pass as they come, not when the stream ends', async () => {
  const { url } = await startUpstream();
  const relayed = await relayEvents(request(), (signal) => fetch(url, { signal }));
  expect(relayed.headers.get('Content-Type')).toContain('text/event-stream');
  expect(relayed.headers.get('Cache-Control')).toContain('no-transform');
  const reader = relayed.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  open[0]?.write('event: running\ndata: {"testsTotal":2}\n\n');
  expect(await next()).toBe('event: running\ndata: {"testsTotal":2}\n\n');
  open[0]?.write(': still here\n\n');
  expect(await next()).toBe(': still here\n\n');
  open[0]?.end();
  expect((await reader.read()).done).toBe(true);
});

test('when the browser goes, the connection to the api is closed', async () => {
  const { url, clientGone } = await startUpstream();
  const browser = new AbortController();
  const relayed = await relayEvents(request(browser.signal), (signal) => fetch(url, { signal }));
  const reader = relayed.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const reading = reader.read();
  browser.abort();
  await clientGone;
  expect((await reading).done).toBe(true);
});

test('when the answer is cancelled, the connection to the api is closed', async () => {
  const { url, clientGone } = await startUpstream();
  const relayed = await relayEvents(request(), (signal) => fetch(url, { signal }));
  await relayed.body?.cancel();
  await clientGone;
});

test('an api that goes away ends the stream without an error', async () => {
  const { url } = await startUpstream();
  const relayed = await relayEvents(request(), (signal) => fetch(url, { signal }));
  const reader = relayed.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const reading = reader.read();
  open[0]?.destroy();
  expect((await reading).done).toBe(true);
});
