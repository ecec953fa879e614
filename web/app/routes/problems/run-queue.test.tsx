/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { act, cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import { printEvent } from '~/lib/event-stream';
import { workspaceElement } from './workspace-fixture';

configure({ asyncUtilTimeout: 60_000 });
jest.setTimeout(120_000);
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

const realFetch = globalThis.fetch;
let sink: ReadableStreamDefaultController<Uint8Array>;

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  globalThis.fetch = jest.fn(async () => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (sink = controller) });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } });
  });
});
afterEach(() => {
  cleanup();
  globalThis.fetch = realFetch;
  jest.restoreAllMocks();
});

const tell = (event: string, data: unknown) =>
  act(async () => sink.enqueue(new TextEncoder().encode(printEvent(event, data))));
const results = () => document.getElementById('result');

test('a run shows its position in the queue, then that it runs, then its results', async () => {
  render(workspaceElement());
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  await screen.findAllByText('Running on the samples');
  await tell('queued', { position: 4 });
  await screen.findAllByText('In the queue: number 4');
  expect(results()?.textContent).toContain('In the queue: number 4');
  await tell('queued', { position: 1 });
  await screen.findAllByText('Next in the queue');
  await tell('running', {});
  await screen.findAllByText('Running on the samples');
  await tell('finished', {
    outcome: { ok: true, value: { compileOutput: null, samples: [], own: null, ownFailure: null } },
    headers: { 'RateLimit-Policy': '"execution";q=10;w=60', RateLimit: '"execution";r=3;t=50' },
  });
  await screen.findByText(/There are no samples to run/, { selector: 'h2' });
  expect(await screen.findByText('3 runs left')).toBeTruthy();
});

test('a run whose connection breaks says so', async () => {
  render(workspaceElement());
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  await screen.findAllByText('Running on the samples');
  await tell('queued', { position: 2 });
  await act(async () => sink.error(new TypeError('network')));
  expect((await screen.findByRole('alert')).textContent).toContain('The server is restarting');
});
