import type { SubmissionDetail, SubmissionEvent, TestResult } from '@coding-platform/api/schema/submissions';

/** What is known of a submission while it is judged. */
export interface JudgingState {
  phase: 'queued' | 'running' | 'over';
  /** Place in the queue, 1 is next; null when the api does not say. */
  position: number | null;
  expectedSeconds: number | null;
  /** Our judge failed and tries again at this time, ISO. */
  retryAt: string | null;
  testsTotal: number;
  /** The tests that have landed, by index, each once. */
  results: TestResult[];
  /** The whole submission, once it is over. */
  detail: SubmissionDetail | null;
}

/** Whether nothing more will come of it. */
export const isOver = ({ status }: SubmissionDetail): boolean => status !== 'queued' && status !== 'running';

const byIndex = (a: TestResult, b: TestResult) => a.index - b.index;

/** What to show before the first event comes, from the submission as it was loaded. */
export const startJudging = (detail: SubmissionDetail): JudgingState => ({
  phase: isOver(detail) ? 'over' : detail.status === 'running' ? 'running' : 'queued',
  position: null,
  expectedSeconds: null,
  retryAt: detail.retryAt,
  testsTotal: detail.testsTotal,
  results: [...detail.results].sort(byIndex),
  detail: isOver(detail) ? detail : null,
});

/** What to show for a submission of which only the id is known. */
export const justQueued: JudgingState = {
  phase: 'queued',
  position: null,
  expectedSeconds: null,
  retryAt: null,
  testsTotal: 0,
  results: [],
  detail: null,
};

const landTest = (state: JudgingState, result: TestResult): JudgingState => {
  const results = [...state.results.filter((other) => other.index !== result.index), result].sort(byIndex);
  return {
    ...state,
    phase: 'running',
    retryAt: null,
    results,
    testsTotal: Math.max(state.testsTotal, result.index + 1),
  };
};

/**
 * The next state. The stream starts over after a lost connection, so an event may come twice or late: a test replaces
 * the one of its index, and nothing follows the end.
 */
export const nextJudging = (state: JudgingState, { event, data }: SubmissionEvent): JudgingState => {
  if (state.phase === 'over') return state;
  switch (event) {
    case 'queued':
      return { ...state, phase: 'queued', ...data };
    case 'running':
      return { ...state, phase: 'running', retryAt: null, testsTotal: data.testsTotal };
    case 'test':
      return landTest(state, data);
    case 'finished':
      return startJudging(data);
  }
};

/** The next state from the whole submission, as polling gives it; what only events tell is kept. */
export const nextFromPoll = (state: JudgingState, detail: SubmissionDetail): JudgingState => {
  if (state.phase === 'over') return state;
  const polled = startJudging(detail);
  if (polled.phase === 'over') return polled;
  const landed = state.results.filter(
    (known) => !polled.results.some((result) => result.index === known.index),
  );
  return {
    ...polled,
    position: state.position,
    expectedSeconds: state.expectedSeconds,
    results: [...polled.results, ...landed].sort(byIndex),
  };
};
