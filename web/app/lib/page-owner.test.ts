import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createPageFetch } from './page-fetch';
import { announceOwner, noteOwner, pageOwner, startPageOwner } from './page-owner';
import { withOwner } from './page-owner-names';

const ada = { id: 'a', fullName: 'Ada' };

/** The other tabs of this browser. */
class FakeChannel {
  static open: FakeChannel[] = [];
  onmessage: ((message: { data: unknown }) => void) | null = null;
  posted: unknown[] = [];
  constructor() {
    FakeChannel.open.push(this);
  }
  postMessage(data: unknown) {
    this.posted.push(data);
  }
  close() {}
}
const realChannel = globalThis.BroadcastChannel;
const channel = () => FakeChannel.open.at(-1) as FakeChannel;

beforeEach(() => {
  Object.assign(globalThis, { BroadcastChannel: FakeChannel });
  Object.assign(globalThis, { location: new URL('https://school.example/problems/sum') });
  startPageOwner('a');
});
afterEach(() => {
  startPageOwner('');
  globalThis.BroadcastChannel = realChannel;
  Reflect.deleteProperty(globalThis, 'location');
});

test('a document keeps its owner: only a visitor becomes somebody', () => {
  announceOwner({ id: 'b', fullName: 'Ben' });
  expect(pageOwner()).toBe('a');
  startPageOwner('');
  announceOwner(ada);
  expect(pageOwner()).toBe('a');
});

test('a tab tells the others who is signed in, and only of its own user', () => {
  announceOwner({ id: 'b', fullName: 'Ben' });
  announceOwner(null);
  expect(channel().posted).toEqual([]);
  announceOwner(ada);
  expect(channel().posted).toEqual([{ id: 'a', name: 'Ada' }]);
});

test('an address names the owner, a visitor is not named', () => {
  expect(withOwner('/submissions/1/events', 'a')).toBe('/submissions/1/events?owner=a');
  expect(withOwner('/account?index', 'a')).toBe('/account?index&owner=a');
  expect(withOwner('/courses/x/lessons/y#files', 'a')).toBe('/courses/x/lessons/y?owner=a#files');
  expect(withOwner('/submissions/1/events', '')).toBe('/submissions/1/events');
});

test('only a conflict that names somebody is about the owner', () => {
  expect(noteOwner(409, null)).toBe(false);
  expect(noteOwner(200, 'Ben')).toBe(false);
  expect(noteOwner(409, 'Ben%20O')).toBe(true);
});

describe('the fetch of a page', () => {
  const answers = (status: number, headers: Record<string, string> = {}) => {
    const send = jest.fn<typeof fetch>(async () => new Response('{}', { status, headers }));
    return { send, pageFetch: createPageFetch(send) };
  };
  const sentHeader = (send: ReturnType<typeof answers>['send']) =>
    new Headers(send.mock.calls[0]?.[1]?.headers).get('x-page-owner');

  test('names the owner in every call of this site, besides what the call says itself', async () => {
    const { send, pageFetch } = answers(200);
    await pageFetch('/problems/sum/run', { method: 'POST', headers: { Accept: 'application/json' } });
    expect(sentHeader(send)).toBe('a');
    expect(new Headers(send.mock.calls[0]?.[1]?.headers).get('accept')).toBe('application/json');
  });

  test('says nothing to another site', async () => {
    const { send, pageFetch } = answers(200);
    await pageFetch('https://elsewhere.example/');
    expect(sentHeader(send)).toBeNull();
  });

  test("a refusal reaches the page's own calls, and keeps the router from replacing the page", async () => {
    const { pageFetch } = answers(409, { 'X-Signed-In-As': 'Ben' });
    expect((await pageFetch('/problems/sum/run', { method: 'POST' })).status).toBe(409);
    const router = pageFetch(new URL('https://school.example/dashboard.data')).then(() => 'answered');
    expect(await Promise.race([router, new Promise((resolve) => setTimeout(resolve, 50, 'held'))])).toBe(
      'held',
    );
  });
});
