import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { importRoute } from './import-route';
import { holdRequest } from './hold-request';

const ours = (status = 200) => new Response('x', { status, headers: { 'X-Remix-Response': 'yes' } });
const gateway = () => new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } });
const offline = () => new TypeError('Failed to fetch');

const inTurn = (...answers: (Response | Error)[]) => {
  const calls = { count: 0 };
  const send = async () => {
    const answer = answers[Math.min(calls.count, answers.length - 1)] as Response | Error;
    calls.count += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { calls, send };
};

beforeEach(() => {
  jest.useFakeTimers();
  Object.assign(globalThis, { addEventListener: () => undefined });
});
afterEach(() => {
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, 'addEventListener');
});

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('a page that is asked for', () => {
  test.each([
    ['without connection', offline()],
    ['from a proxy whose server restarts', gateway()],
    ['from a server whose api restarts', ours(503)],
  ])('%s is asked for again until it is there', async (_what, failure) => {
    const { calls, send } = inTurn(failure, failure, ours());
    const answer = holdRequest({ send, isChange: false, signal: null, firstPauseMs: 100 });
    await pass(99);
    expect(calls.count).toBe(1);
    await pass(1);
    expect(calls.count).toBe(2);
    await pass(200);
    expect((await answer).status).toBe(200);
  });

  test('whose server stays away is shown as failed in the end', async () => {
    const { send } = inTurn(ours(503));
    const answer = holdRequest({ send, isChange: false, signal: null, firstPauseMs: 1000 });
    await pass(60_000);
    expect((await answer).status).toBe(503);
  });

  test('that nobody waits for any more is not asked for again', async () => {
    const gone = new AbortController();
    const { calls, send } = inTurn(offline());
    const answer = holdRequest({ send, isChange: false, signal: gone.signal, firstPauseMs: 100 }).catch(
      () => 'given up',
    );
    await pass(0);
    gone.abort();
    expect(await answer).toBe('given up');
    await pass(60_000);
    expect(calls.count).toBe(1);
  });

  test('that is not found, or fails, is answered at once', async () => {
    for (const status of [404, 500]) {
      const { send } = inTurn(ours(status));
      expect((await holdRequest({ send, isChange: false, signal: null })).status).toBe(status);
    }
  });
});

test('a form that may have arrived is never sent again by itself', async () => {
  const { calls, send } = inTurn(offline(), ours());
  void holdRequest({ send, isChange: true, signal: null, firstPauseMs: 100 });
  await pass(120_000);
  expect(calls.count).toBe(1);
});

describe('the code of a page', () => {
  test('that could not be loaded is loaded again once its file is there, under another address', async () => {
    const { send } = inTurn(offline(), ours());
    globalThis.fetch = send;
    const asked: string[] = [];
    const load = async (url: string) => {
      asked.push(url);
      if (asked.length === 1) throw new TypeError('Failed to fetch dynamically imported module');
      return 'module';
    };
    const module = importRoute('/assets/page.js', load);
    await pass(5000);
    expect(await module).toBe('module');
    expect(asked).toEqual(['/assets/page.js', '/assets/page.js?try=1']);
  });

  test('that an update took away is no reason to wait', async () => {
    globalThis.fetch = inTurn(new Response('', { status: 404 })).send;
    const failing = async () => {
      throw new TypeError('Failed to fetch dynamically imported module');
    };
    await expect(importRoute('/assets/page.js', failing)).rejects.toThrow('Failed to fetch');
  });
});
