import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { get, type IncomingMessage } from 'node:http';
import { createLogLines } from '../../test/log-lines.js';
import { startSmallServer } from '../../test/small-server.js';
import { waitUntil } from '../../test/wait-until.js';
import { errorHandler } from './error-handler.js';
import { goneSignal, sendEventStream } from './event-stream.js';
import { requestLog } from './request-log.js';

type Events = (signal: AbortSignal) => AsyncIterable<{ event: string; data: unknown }>;

let url: string;
let stop: () => Promise<void>;
let events: Events;
let log: ReturnType<typeof createLogLines>;

beforeEach(async () => {
  log = createLogLines();
  const app = express();
  app.use(requestLog(log.logger));
  app.get('/', async (_request, response) => {
    await sendEventStream(response, events(goneSignal(response)));
  });
  app.use(errorHandler);
  ({ url, stop } = await startSmallServer(app));
});
afterEach(() => stop());

const open = (): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get(url, { agent: false }, resolve).on('error', reject));

const textOf = async (answer: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
};

describe('an event stream', () => {
  test('is written as browsers read it, and ends with the events', async () => {
    events = async function* () {
      yield { event: 'queued', data: { position: 1 } };
      yield { event: 'test', data: { text: 'two\nlines' } };
    };
    const answer = await open();
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(await textOf(answer)).toBe(
      'retry: 2000\n\nevent: queued\ndata: {"position":1}\n\nevent: test\ndata: {"text":"two\\nlines"}\n\n',
    );
  });

  test('ends its events when the client goes', async () => {
    let ended = false;
    events = async function* (signal) {
      try {
        yield { event: 'first', data: 1 };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      } finally {
        ended = true;
      }
    };
    const answer = await open();
    answer.destroy();
    await waitUntil(() => ended);
    expect(log.errors()).toEqual([]);
  });

  test('makes no more events than the client reads', async () => {
    let made = 0;
    events = async function* () {
      for (; made < 1000; made += 1) yield { event: 'test', data: 'x'.repeat(65_536) };
    };
    const answer = await open();
    answer.pause();
    let before = -1;
    // Without back-pressure all 64 MiB are made between two looks.
    await waitUntil(async () => {
      const still = made === before && made > 0;
      before = made;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return still;
    });
    expect(made).toBeLessThan(1000);
    expect((await textOf(answer)).length).toBeGreaterThan(1000 * 65_536);
    expect(made).toBe(1000);
  });

  test('lets go of its events when a client that does not read goes', async () => {
    let ended = false;
    events = async function* () {
      try {
        for (;;) yield { event: 'test', data: 'x'.repeat(65_536) };
      } finally {
        ended = true;
      }
    };
    const answer = await open();
    answer.pause();
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer.destroy();
    await waitUntil(() => ended);
  });

  test('that fails in the middle breaks off, so that the client asks again, and the failure is in the log', async () => {
    events = async function* () {
      yield { event: 'first', data: 1 };
      throw new Error('the database went away');
    };
    await expect(open().then(textOf)).rejects.toThrow('aborted');
    expect(log.errors()[0]).toContain('the database went away');
  });
});
