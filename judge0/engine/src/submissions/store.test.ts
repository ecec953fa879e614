import { expect, test } from '@jest/globals';
import { createSubmissionStore } from './store.js';
import { type Submission, emptyResult } from './submission.js';

const finishedAt = (token: string, time: number, bytes = 0): Submission => ({
  token,
  request: { sourceCode: Buffer.alloc(bytes) } as Submission['request'],
  result: emptyResult(3),
  createdAt: new Date(time),
  finishedAt: new Date(time),
});

const storeOf = (limits: { count?: number; bytes?: number; ageMs?: number }, now = () => 0) =>
  createSubmissionStore({ count: 100, bytes: 1e9, ageMs: 1e9, ...limits }, now);

function addFinished(store: ReturnType<typeof storeOf>, submission: Submission): void {
  store.add(submission);
  store.finished(submission);
}

test('the oldest finished submissions go when there are too many', () => {
  const store = storeOf({ count: 2 });
  for (const token of ['a', 'b', 'c']) addFinished(store, finishedAt(token, 0));
  expect(store.find('a')).toBeNull();
  expect(store.list().map(({ token }) => token)).toEqual(['c', 'b']);
});

test('bytes are bounded too', () => {
  const store = storeOf({ bytes: 25_000 });
  for (const token of ['a', 'b', 'c']) addFinished(store, finishedAt(token, 0, 10_000));
  expect(store.count()).toBe(2);
});

test('old results go, unfinished submissions stay', () => {
  const store = storeOf({ ageMs: 1000 }, () => 5000);
  store.add({ ...finishedAt('waiting', 0), finishedAt: null });
  addFinished(store, finishedAt('old', 100));
  addFinished(store, finishedAt('new', 4900));
  expect(['waiting', 'old', 'new'].map((token) => store.find(token) !== null)).toEqual([true, false, true]);
});
