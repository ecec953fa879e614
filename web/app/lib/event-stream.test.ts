import { expect, test } from '@jest/globals';
import { printEvent, readEvents } from './event-stream';

const streamOf = (chunks: Uint8Array[], onCancel = () => {}) =>
  new ReadableStream<Uint8Array>({
    start: (controller) => {
      chunks.forEach((chunk) => controller.enqueue(chunk));
      controller.close();
    },
    cancel: onCancel,
  });
const bytes = (text: string) => new TextEncoder().encode(text);

test('events come through however the bytes are cut, comments do not', async () => {
  const text = `retry: 2000\n\n${printEvent('queued', { position: 2 })}: still here\n\n${printEvent('finished', 'Größe\n\nend')}`;
  for (const size of [1, 7, 10_000]) {
    const all = bytes(text);
    const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
      all.slice(at * size, (at + 1) * size),
    );
    const events = [];
    for await (const event of readEvents(streamOf(chunks))) events.push(event);
    expect(events).toEqual([
      { event: 'queued', data: { position: 2 } },
      { event: 'finished', data: 'Größe\n\nend' },
    ]);
  }
});

test('an event that was cut off is none', async () => {
  const events = [];
  for await (const event of readEvents(streamOf([bytes('event: queued\ndata: {"pos')]))) events.push(event);
  expect(events).toEqual([]);
});

test('leaving the loop cancels the stream', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes(printEvent('running', {}))),
    cancel: () => void (cancelled = true),
  });
  for await (const { event } of readEvents(body)) if (event === 'running') break;
  expect(cancelled).toBe(true);
});
