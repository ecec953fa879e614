import type { ProblemState } from '@coding-platform/api/schema/problems';
import { stateWords } from '~/lib/problem-words';

const colors: Record<ProblemState, string> = {
  none: 'text-line-strong',
  tried: 'text-warn',
  solved: 'text-good',
};

/** A square that is empty, half full or full with a tick, and the word for it (spoken only, unless `withWord`). */
export function ProblemStateMark({ state, withWord = false }: { state: ProblemState; withWord?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 text-xs text-muted" title={stateWords[state]}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className={`size-4 shrink-0 ${colors[state]}`}>
        <StateShape state={state} />
      </svg>
      <span className={withWord ? undefined : 'sr-only'}>{stateWords[state]}</span>
    </span>
  );
}

function StateShape({ state }: { state: ProblemState }) {
  if (state === 'solved') {
    return (
      <>
        <rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor" />
        <path
          d="M4.3 8.4 7 11l4.8-5.8"
          fill="none"
          stroke="var(--surface)"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </>
    );
  }
  return (
    <>
      <rect
        x="1.75"
        y="1.75"
        width="12.5"
        height="12.5"
        rx="2.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
      {state === 'tried' ? <path d="M4.25 11.75v-7.5l7.5 7.5z" fill="currentColor" /> : null}
    </>
  );
}
