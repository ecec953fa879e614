import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { SubmissionDetail } from '@coding-platform/api/schema/submissions';
import { followSubmission, pollMs, silenceMs } from './follow-submission';
import { judgedSubmission } from './submission-fixture';

class FakeSource {
  readonly listeners = new Map<string, ((message: { data: string }) => void)[]>();
  closed = false;
  addEventListener(name: string, listener: (message: { data: string }) => void) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }
  close() {
    this.closed = true;
  }
  emit(name: string, data: unknown = null) {
    this.listeners.get(name)?.forEach((listener) => listener({ data: JSON.stringify(data) }));
  }
}

const setUp = () => {
  const sources: FakeSource[] = [];
  const events: string[] = [];
  const polled: SubmissionDetail[] = [];
  const answers: (SubmissionDetail | null)[] = [];
  let polls = 0;
  const stop = followSubmission({
    eventsUrl: '/submissions/1/events',
    createSource: () => {
      const source = new FakeSource();
      sources.push(source);
      return source as unknown as EventSource;
    },
    poll: async () => {
      polls += 1;
      return answers.shift() ?? null;
    },
    onEvent: ({ event }) => events.push(event),
    onPoll: (detail) => polled.push(detail),
  });
  return { sources, events, polled, answers, stop, polls: () => polls };
};

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const running = judgedSubmission({ status: 'running' });

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('the end closes the connection, and nothing goes on', async () => {
  const { sources, events, polls } = setUp();
  sources[0]?.emit('queued', { position: 1, expectedSeconds: 1, retryAt: null });
  sources[0]?.emit('finished', judgedSubmission());
  expect(events).toEqual(['queued', 'finished']);
  expect(sources[0]?.closed).toBe(true);
  await pass(60_000);
  expect(sources).toHaveLength(1);
  expect(polls()).toBe(0);
});

test('a lost connection is made again, with growing pauses', async () => {
  const { sources } = setUp();
  sources[0]?.emit('error');
  expect(sources[0]?.closed).toBe(true);
  await pass(500);
  expect(sources).toHaveLength(2);
  sources[1]?.emit('error');
  await pass(999);
  expect(sources).toHaveLength(2);
  await pass(1);
  expect(sources).toHaveLength(3);
});

test('an event makes the pauses short again', async () => {
  const { sources } = setUp();
  sources[0]?.emit('error');
  await pass(500);
  sources[1]?.emit('running', { testsTotal: 3 });
  sources[1]?.emit('error');
  await pass(500);
  expect(sources).toHaveLength(3);
});

test('when events do not come, it polls every two seconds until the end', async () => {
  const { sources, polled, answers, polls } = setUp();
  for (let i = 0; i < 4; i += 1) {
    sources.at(-1)?.emit('error');
    await pass(i < 3 ? 2000 : 0);
  }
  expect(sources).toHaveLength(4);
  answers.push(null, running, judgedSubmission());
  await pass(pollMs * 3);
  expect(polled.map((detail) => detail.status)).toEqual(['running', 'finished']);
  await pass(60_000);
  expect(polls()).toBe(3);
});

test('a silent connection is checked by asking once in a while', async () => {
  const { sources, answers, polled } = setUp();
  answers.push(running, judgedSubmission());
  await pass(silenceMs);
  expect(polled).toHaveLength(1);
  await pass(silenceMs);
  expect(polled).toHaveLength(2);
  expect(sources[0]?.closed).toBe(true);
});

test('stopping closes the connection and ends the waiting', async () => {
  const { sources, stop, polls } = setUp();
  stop();
  expect(sources[0]?.closed).toBe(true);
  sources[0]?.emit('error');
  await pass(60_000);
  expect(sources).toHaveLength(1);
  expect(polls()).toBe(0);
});
