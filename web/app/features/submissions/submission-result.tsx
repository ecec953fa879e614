import type { ReactNode } from 'react';
import type { Limits } from '~/components/verdict-sentence';
import type { JudgingState } from './judging-state';
import { JudgingView } from './judging-view';
import { ResultView } from './result-view';

interface SubmissionResultProps {
  state: JudgingState;
  limits: Limits | null;
  next?: ReactNode;
  /** What ends it while it has no verdict. */
  stop?: ReactNode;
}

/** A submission: on its way, then what the judge said. */
export function SubmissionResult({ state, limits, next, stop }: SubmissionResultProps) {
  return state.detail ? (
    <ResultView detail={state.detail} limits={limits} next={next} />
  ) : (
    <JudgingView state={state} stop={stop} />
  );
}
