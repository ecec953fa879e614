import { beforeEach, describe, expect, test } from '@jest/globals';
import { submissionEvents } from './events.js';
import type { ProgressSnapshot } from './repository.js';
import type { SubmissionDetail, SubmissionEvent } from './schema.js';

const id = '6f1f2d1e-0000-4000-8000-000000000001';
let detail: SubmissionDetail;
let tell: (news: Partial<ProgressSnapshot> | null) => void;
let watching: number;
let left: AbortController;
let reading: () => Promise<SubmissionDetail | null>;
let reads: number;

const result = (index: number) => ({
  index,
  status: 'accepted' as const,
  timeMs: 1,
  memoryKb: 1,
  sample: true,
  points: 1,
});

const events = () =>
  submissionEvents({
    id,
    feed: {
      subscribe: (_id, listener) => {
        watching += 1;
        tell = (news) =>
          listener(
            news && {
              id,
              status: 'queued',
              revision: 0,
              queue_position: null,
              expected_seconds: null,
              ...news,
            },
          );
        return () => (watching -= 1);
      },
    },
    read: () => reading(),
    signal: left.signal,
  });

const next = async (stream: AsyncGenerator<SubmissionEvent>) => {
  const { value, done } = await stream.next();
  return done ? 'end' : value;
};

beforeEach(() => {
  watching = 0;
  left = new AbortController();
  reads = 0;
  reading = () => {
    reads += 1;
    return Promise.resolve(structuredClone(detail));
  };
  detail = {
    id,
    problemSlug: 'sum',
    problemTitle: 'Sum',
    courseSlug: 'course',
    languageId: 71,
    languageName: 'Python',
    status: 'queued',
    verdict: null,
    score: 0,
    maxScore: 10,
    testsPassed: 0,
    testsTotal: 2,
    createdAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    sourceCode: 'x',
    authorName: 'Ada',
    compileOutput: null,
    retryAt: null,
    results: [],
  };
});

describe('the events of a submission', () => {
  test('are queued on each new place, running, each test once, finished, and the end', async () => {
    const stream = events();
    const waiting = next(stream);
    tell({ queue_position: 2, expected_seconds: 4 });
    expect(await waiting).toEqual({
      event: 'queued',
      data: { position: 2, expectedSeconds: 4, retryAt: null },
    });
    tell({ queue_position: 1, expected_seconds: 2 });
    expect(await next(stream)).toMatchObject({ event: 'queued', data: { position: 1 } });

    detail.status = 'running';
    tell({ status: 'running', revision: 1 });
    expect(await next(stream)).toEqual({ event: 'running', data: { testsTotal: 2 } });

    detail.results = [result(1)];
    const afterFirst = next(stream);
    tell({ status: 'running', revision: 2 });
    expect(await afterFirst).toMatchObject({ event: 'test', data: { index: 1 } });

    detail = { ...detail, status: 'finished', verdict: 'accepted', results: [result(0), result(1)] };
    tell({ status: 'finished', revision: 3 });
    expect(await next(stream)).toMatchObject({ event: 'test', data: { index: 0 } });
    expect(await next(stream)).toMatchObject({ event: 'finished', data: { verdict: 'accepted' } });
    expect(await next(stream)).toBe('end');
    expect(watching).toBe(0);
  });

  test('of one that has ended are its tests and its end', async () => {
    detail = { ...detail, status: 'finished', verdict: 'accepted', results: [result(0)] };
    const stream = events();
    const first = next(stream);
    tell({ status: 'finished', revision: 3 });
    expect(await first).toMatchObject({ event: 'test' });
    expect(await next(stream)).toMatchObject({ event: 'finished' });
    expect(await next(stream)).toBe('end');
  });

  test('of one that our judge gave up end with it', async () => {
    detail.status = 'judge_failed';
    const stream = events();
    const first = next(stream);
    tell({ status: 'judge_failed', revision: 9 });
    expect(await first).toMatchObject({ event: 'finished', data: { status: 'judge_failed', verdict: null } });
    expect(await next(stream)).toBe('end');
  });

  test('that came while nobody read are passed over for the newest', async () => {
    const stream = events();
    const first = next(stream);
    tell({ queue_position: 9 });
    tell({ queue_position: 5 });
    expect(await first).toMatchObject({ data: { position: 5 } });
  });

  test('read nothing for a new place in the queue, and again when its state changed', async () => {
    const stream = events();
    const first = next(stream);
    tell({ queue_position: 3 });
    await first;
    tell({ queue_position: 2 });
    await next(stream);
    expect(reads).toBe(1);
    detail.retryAt = '2026-01-01T00:01:00.000Z';
    tell({ queue_position: 9, revision: 2 });
    expect(await next(stream)).toMatchObject({ event: 'queued', data: { retryAt: detail.retryAt } });
    expect(reads).toBe(2);
  });

  test.each(['before it began', 'while it waits'])('end when the reader leaves %s', async (when) => {
    if (when === 'before it began') left.abort();
    const stream = events();
    const first = next(stream);
    left.abort();
    expect(await first).toBe('end');
    expect(watching).toBe(0);
  });

  test('end when the submission is deleted', async () => {
    const stream = events();
    const first = next(stream);
    tell(null);
    expect(await first).toBe('end');
    expect(watching).toBe(0);
  });

  test('end when it is deleted while it is read', async () => {
    reading = () => Promise.resolve(null);
    for (const status of ['queued', 'running'] as const) {
      const stream = events();
      const first = next(stream);
      tell({ status });
      expect(await first).toBe('end');
    }
  });

  test('stop watching when the submission cannot be read', async () => {
    reading = () => Promise.reject(new Error('the session has ended'));
    const stream = events();
    const first = next(stream);
    tell({ queue_position: 1 });
    await expect(first).rejects.toThrow('the session has ended');
    expect(watching).toBe(0);
  });
});
