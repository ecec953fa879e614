import type { SubmissionDetail } from '@coding-platform/api/schema/submissions';
import { verdictWords } from '~/lib/verdict-words';
import type { JudgingState } from './judging-state';

const about = (seconds: number) =>
  seconds < 60 ? `${Math.max(1, seconds)} s` : `${Math.round(seconds / 60)} min`;

/** A position in the queue, 1 is the next. */
export const queueText = (position: number): string =>
  position <= 1 ? 'Next in the queue' : `In the queue: number ${position}`;

/** Where a submission stands while it is judged. */
export const judgingHeadline = (state: JudgingState): string => {
  if (state.retryAt) return 'Our judge failed. This was not your code.';
  if (state.phase === 'running') return 'Judging';
  if (state.position === null) return 'In the queue';
  return queueText(state.position);
};

/** How long it will take, as far as that is known. */
export const judgingForecast = (state: JudgingState): string | null => {
  if (state.phase === 'running') {
    const { testsTotal: total, results } = state;
    return total > 0 ? `${results.length} of ${total} tests done` : 'The tests are running';
  }
  return state.expectedSeconds === null ? null : `about ${about(state.expectedSeconds)}`;
};

/** "3 of 12 tests passed, 2 of 10 points". */
export const scoreSentence = (detail: SubmissionDetail): string =>
  `${detail.testsPassed} of ${detail.testsTotal} tests passed, ${detail.score} of ${detail.maxScore} points`;

/**
 * The sentence for those who hear the page. It changes with the phase and not with each test: a program with forty
 * tests would otherwise talk over everything else.
 */
export const spokenState = (state: JudgingState): string => {
  const { detail } = state;
  if (!detail) return state.phase === 'running' ? 'Judging: the tests are running' : judgingHeadline(state);
  if (detail.status === 'judge_failed')
    return 'Our judge failed. This was not your code; submitting again is free.';
  if (detail.status === 'stopped') return 'Stopped. It has no verdict.';
  const verdict = detail.verdict ? verdictWords[detail.verdict].label : 'Finished';
  return `${verdict}: ${scoreSentence(detail)}`;
};
