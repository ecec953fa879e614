import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { numberFailures } from './failure-number';
import { requestIdOf } from './request-id';

let url = '';
let stop = () => {};

beforeAll(async () => {
  const app = express();
  app.use((req, res, next) => {
    res.set('X-Request-Id', requestIdOf(req));
    next();
  }, numberFailures());
  // As Remix answers: its text in chunks, without a length.
  app.get('/broken', (_req, res) => {
    res.status(500).set('Content-Type', 'text/plain');
    res.write('Unexpected Server Error');
    res.end();
  });
  app.get('/good', (_req, res) => {
    res.set('Content-Type', 'text/plain');
    res.write('well');
    res.end();
  });
  app.get('/page', (_req, res) => {
    res.status(500).set('Content-Type', 'text/html');
    res.write('<p>page</p>');
    res.end();
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => server.close();
});
afterAll(() => stop());

test('a failure without a page has the number of its request', async () => {
  const id = '3f2a9c1e-77aa-4d0b-9f64-0a1b2c3d4e5f';
  const answer = await fetch(`${url}/broken`, { headers: { 'X-Request-Id': id } });
  expect(await answer.text()).toBe(
    `Unexpected Server Error\nRequest ${answer.headers.get('x-request-id')}\n`,
  );
});

test('what is well, and a page that has its number itself, stay as they are', async () => {
  expect(await (await fetch(`${url}/good`)).text()).toBe('well');
  expect(await (await fetch(`${url}/page`)).text()).toBe('<p>page</p>');
});
