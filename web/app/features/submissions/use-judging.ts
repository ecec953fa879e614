import type { SubmissionDetail, SubmissionEvent } from '@coding-platform/api/schema/submissions';
import { useEffect, useReducer } from 'react';
import { fetchOutcome } from '~/lib/outcome';
import { pageOwner } from '~/lib/page-owner';
import { withOwner } from '~/lib/page-owner-names';
import { followSubmission } from './follow-submission';
import { justQueued, nextFromPoll, nextJudging, startJudging, type JudgingState } from './judging-state';

type Action =
  | { type: 'followed'; detail: SubmissionDetail | null }
  | { type: 'event'; event: SubmissionEvent }
  | { type: 'polled'; detail: SubmissionDetail };

const startFrom = (detail: SubmissionDetail | null) => (detail ? startJudging(detail) : justQueued);

const reduce = (state: JudgingState, action: Action): JudgingState => {
  switch (action.type) {
    case 'followed':
      return startFrom(action.detail);
    case 'event':
      return nextJudging(state, action.event);
    case 'polled':
      return nextFromPoll(state, action.detail);
  }
};

/** Asks once how a submission stands; null when that cannot be had at this moment. */
export const fetchSubmission = async (id: string): Promise<SubmissionDetail | null> => {
  const outcome = await fetchOutcome<SubmissionDetail>(`/submissions/${id}/state`);
  return outcome.ok ? outcome.value : null;
};

/** Follows a submission live until it is over or another one is followed; `id` null follows none. */
export const useJudging = (id: string | null, loaded: SubmissionDetail | null): JudgingState => {
  const [state, dispatch] = useReducer(reduce, loaded, startFrom);
  useEffect(() => {
    const known = loaded?.id === id ? loaded : null;
    dispatch({ type: 'followed', detail: known });
    if (id === null || (known && startJudging(known).phase === 'over')) return;
    return followSubmission({
      eventsUrl: withOwner(`/submissions/${id}/events`, pageOwner()),
      createSource: (url) => new EventSource(url),
      poll: () => fetchSubmission(id),
      onEvent: (event) => dispatch({ type: 'event', event }),
      onPoll: (detail) => dispatch({ type: 'polled', detail }),
    });
  }, [id, loaded]);
  return state;
};
