import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { storeNothing } from './no-store';

const app = express()
  .use(storeNothing)
  .get('/dashboard.data', (_req, res) => void res.json({ name: 'Ada' }))
  .get('/login', (_req, res) => void res.redirect('/dashboard'))
  .get('/raw', (_req, res) => void res.writeHead(200, { 'Content-Type': 'text/plain' }).end('x'))
  .get('/picture', (_req, res) => void res.append('Cache-Control', 'private, max-age=60').send('x'));
const server = createServer(app);

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

test.each([
  ['/dashboard.data', 'private, no-store'],
  ['/login', 'private, no-store'],
  ['/raw', 'private, no-store'],
  ['/nothing', 'private, no-store'],
  ['/picture', 'private, max-age=60'],
])('%s is kept as %s', async (path, kept) => {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
  expect(answer.headers.get('cache-control')).toBe(kept);
});
