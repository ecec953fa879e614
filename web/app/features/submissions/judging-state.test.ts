import { describe, expect, test } from '@jest/globals';
import type { SubmissionEvent, TestResult } from '@coding-platform/api/schema/submissions';
import { judgedSubmission, testResult } from './submission-fixture';
import { justQueued, nextFromPoll, nextJudging, startJudging } from './judging-state';

const test_ = (index: number, status: TestResult['status'] = 'accepted'): SubmissionEvent => ({
  event: 'test',
  data: testResult({ index, status }),
});
const queued = (position: number | null, retryAt: string | null = null): SubmissionEvent => ({
  event: 'queued',
  data: { position, expectedSeconds: 4, retryAt },
});
const running: SubmissionEvent = { event: 'running', data: { testsTotal: 3 } };
const after = (...events: SubmissionEvent[]) => events.reduce(nextJudging, justQueued);
const indices = (state: { results: TestResult[] }) => state.results.map((result) => result.index);

describe('events in their order', () => {
  test('the place in the queue, then the tests, then the end', () => {
    expect(after(queued(2))).toMatchObject({ phase: 'queued', position: 2, expectedSeconds: 4 });
    expect(after(queued(2), running)).toMatchObject({ phase: 'running', testsTotal: 3 });
    expect(indices(after(queued(2), running, test_(0), test_(1)))).toEqual([0, 1]);
    const detail = judgedSubmission();
    expect(after(queued(2), running, test_(0), { event: 'finished', data: detail })).toMatchObject({
      phase: 'over',
      detail,
    });
  });
});

describe('events that come twice or late', () => {
  test('a repeated test replaces the earlier one', () => {
    const state = after(running, test_(0, 'accepted'), test_(1), test_(0, 'wrong_answer'));
    expect(indices(state)).toEqual([0, 1]);
    expect(state.results[0]?.status).toBe('wrong_answer');
  });

  test('tests are in the order of their index, whatever landed first', () => {
    expect(indices(after(running, test_(2), test_(0), test_(1)))).toEqual([0, 1, 2]);
  });

  test('a test before "running" shows that it runs', () => {
    expect(after(queued(1), test_(4))).toMatchObject({ phase: 'running', testsTotal: 5 });
  });

  test('when the stream starts over, tests that landed stay', () => {
    expect(indices(after(running, test_(0), test_(1), running, test_(0)))).toEqual([0, 1]);
  });

  test('back in the queue after our judge failed: the time of the retry is known', () => {
    const state = after(running, test_(0), queued(null, '2026-11-23T12:00:00.000Z'));
    expect(state).toMatchObject({ phase: 'queued', retryAt: '2026-11-23T12:00:00.000Z' });
    expect(nextJudging(state, running).retryAt).toBeNull();
  });

  test('nothing follows the end', () => {
    const over = after({ event: 'finished', data: judgedSubmission() });
    expect(nextJudging(over, queued(1))).toBe(over);
    expect(nextJudging(over, test_(9))).toBe(over);
    expect(nextFromPoll(over, judgedSubmission({ status: 'running' }))).toBe(over);
  });
});

describe('polling', () => {
  test('brings tests, and keeps those that only an event told of', () => {
    const state = nextFromPoll(
      after(queued(3), running, test_(0), test_(2)),
      judgedSubmission({ status: 'running', results: [testResult({ index: 0 }), testResult({ index: 1 })] }),
    );
    expect(indices(state)).toEqual([0, 1, 2]);
    expect(state).toMatchObject({ phase: 'running', position: 3 });
  });

  test('ends with the judge’s failure, too', () => {
    const detail = judgedSubmission({ status: 'judge_failed', verdict: null });
    expect(nextFromPoll(justQueued, detail)).toMatchObject({ phase: 'over', detail });
    expect(startJudging(detail).phase).toBe('over');
  });
});
