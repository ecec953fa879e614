import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createProgressFeed } from './progress-feed.js';
import type { ProgressSnapshot } from './repository.js';

const intervalMs = 250;
const snapshot = (id: string, revision: number, queuePosition: number | null = null): ProgressSnapshot => ({
  id,
  status: 'running',
  revision,
  queue_position: queuePosition,
  expected_seconds: null,
});

let rows: Map<string, ProgressSnapshot>;
let asked: string[][];
let failing: boolean;
const errors: unknown[] = [];

const createFeed = () =>
  createProgressFeed({
    load: (ids) => {
      asked.push(ids);
      if (failing) return Promise.reject(new Error('away'));
      return Promise.resolve(ids.flatMap((id) => rows.get(id) ?? []));
    },
    intervalMs,
    onError: (error) => errors.push(error),
  });

const passes = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  jest.useFakeTimers();
  rows = new Map([
    ['a', snapshot('a', 1)],
    ['b', snapshot('b', 1)],
  ]);
  asked = [];
  failing = false;
  errors.length = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

describe('the feed of progress', () => {
  test('asks once an interval for all that is watched, however many watch', async () => {
    const feed = createFeed();
    const stops = ['a', 'a', 'b'].map((id) => feed.subscribe(id, () => undefined));
    await passes(0);
    await passes(intervalMs);
    expect(asked).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    stops.forEach((stop) => stop());
  });

  test('asks nothing while nobody watches', async () => {
    const feed = createFeed();
    await passes(10 * intervalMs);
    const stop = feed.subscribe('a', () => undefined);
    await passes(0);
    stop();
    await passes(10 * intervalMs);
    expect(asked).toEqual([['a']]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('tells the present state, then changes, and says nothing twice', async () => {
    const told: ProgressSnapshot[] = [];
    const stop = createFeed().subscribe('a', (news) => news && told.push(news));
    await passes(0);
    await passes(intervalMs);
    rows.set('a', snapshot('a', 1, 3));
    await passes(intervalMs);
    rows.set('a', snapshot('a', 2));
    await passes(intervalMs);
    expect(told.map(({ revision, queue_position: position }) => [revision, position])).toEqual([
      [1, null],
      [1, 3],
      [2, null],
    ]);
    stop();
  });

  test('tells a later viewer what it knows at once', async () => {
    const feed = createFeed();
    const stop = feed.subscribe('a', () => undefined);
    await passes(0);
    const told: unknown[] = [];
    const stopLater = feed.subscribe('a', (news) => told.push(news));
    expect(told).toEqual([snapshot('a', 1)]);
    stop();
    stopLater();
  });

  test('skips a poll that failed and has the news with the next', async () => {
    failing = true;
    const told: unknown[] = [];
    const stop = createFeed().subscribe('a', (news) => told.push(news));
    await passes(0);
    expect([told, errors]).toEqual([[], [new Error('away')]]);
    failing = false;
    await passes(intervalMs);
    expect(told).toEqual([snapshot('a', 1)]);
    stop();
  });

  test('says so when there is no such submission any more', async () => {
    const told: unknown[] = [];
    const stop = createFeed().subscribe('a', (news) => told.push(news));
    await passes(0);
    rows.delete('a');
    await passes(intervalMs);
    expect(told).toEqual([snapshot('a', 1), null]);
    stop();
  });

  test('goes on for others when somebody stops twice', async () => {
    const feed = createFeed();
    const stop = feed.subscribe('a', () => undefined);
    stop();
    const told: unknown[] = [];
    const stopOther = feed.subscribe('a', (news) => told.push(news));
    stop();
    await passes(intervalMs);
    expect(told).toEqual([snapshot('a', 1)]);
    stopOther();
  });
});
