import type { ProblemState } from '@coding-platform/api/schema/problems';
import { count, stateWords } from '~/lib/problem-words';
import { ProblemStateMark } from './problem-state-mark';

/** Many problems at a glance, one square each, in order. Spoken as one sentence. */
export function ProblemStrip({ states }: { states: ProblemState[] }) {
  const solved = states.filter((state) => state === 'solved').length;
  return (
    <span
      role="img"
      aria-label={`${solved} of ${count(states.length, 'problem')} solved`}
      className="inline-flex flex-wrap gap-1"
    >
      {states.map((state, index) => (
        <span key={index} aria-hidden="true" title={stateWords[state]} className="inline-flex">
          <ProblemStateMark state={state} />
        </span>
      ))}
    </span>
  );
}
