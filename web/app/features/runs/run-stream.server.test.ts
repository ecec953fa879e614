import { afterEach, expect, jest, test } from '@jest/globals';
import { fetchOutcome, type Outcome } from '~/lib/outcome';
import type { OnStep } from './api.server';
import { answerRunStream } from './run-stream.server';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

const fields = { RateLimit: '"execution";r=2;t=9' };

/** A run whose steps and end the test decides; `ask` asks for it as the page does. */
const startRun = () => {
  let step!: OnStep;
  let end!: (outcome: Outcome<string>) => void;
  let fail!: (error: unknown) => void;
  let gone!: AbortSignal;
  const bugs: unknown[] = [];
  const answer = answerRunStream<string>({
    request: new Request('http://web.invalid/problems/sum/run'),
    work: (onStep, signal) => {
      step = onStep;
      gone = signal;
      return new Promise((resolve, reject) => {
        end = resolve;
        fail = reject;
      });
    },
    headers: () => fields,
    onBug: (error) => bugs.push(error),
  });
  globalThis.fetch = jest.fn(() => answer);
  const steps: (number | null)[] = [];
  let headers: Headers | undefined;
  const ask = () =>
    fetchOutcome<string>('/x', {
      onStep: (position) => steps.push(position),
      onHeaders: (told) => (headers = told),
    });
  return { answer, ask, step, end, fail, gone, steps, bugs, headers: () => headers };
};

test('the page hears of each position, of the start and of the end with its headers', async () => {
  const run = startRun();
  const outcome = run.ask();
  run.step(3);
  run.step(1);
  run.step(null);
  run.end({ ok: true, value: 'done' });
  expect(await outcome).toEqual({ ok: true, value: 'done' });
  expect(run.steps).toEqual([3, 1, null]);
  expect(run.headers()?.get('RateLimit')).toBe(fields.RateLimit);
});

test('what is refused before its first step is a plain answer with its status and headers', async () => {
  const run = startRun();
  const outcome = run.ask();
  const failure = { code: 'judge_disabled' as const, detail: 'd', requestId: 'r', retryAfterSeconds: null };
  run.end({ ok: false, failure });
  expect(await outcome).toEqual({ ok: false, failure });
  const answer = await run.answer;
  expect(answer.status).toBe(503);
  expect(answer.headers.get('RateLimit')).toBe(fields.RateLimit);
});

test('the run ends when the browser leaves', async () => {
  const run = startRun();
  run.step(1);
  const answer = await run.answer;
  expect(run.gone.aborted).toBe(false);
  await answer.body?.cancel();
  expect(run.gone.aborted).toBe(true);
  run.step(null);
  run.end({ ok: true, value: 'unheard' });
});

test('a bug on the way is told to the log, and the page hears that there is no answer', async () => {
  const run = startRun();
  run.step(1);
  const outcome = run.ask();
  run.fail(new TypeError('bug'));
  expect(await outcome).toMatchObject({ ok: false, failure: { code: 'restarting' } });
  expect(run.bugs).toEqual([new TypeError('bug')]);
});
