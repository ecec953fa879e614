import type { ReactNode } from 'react';
import { ClockTime } from '~/components/clock-time';
import { ProgressBar } from '~/components/progress-bar';
import { Spinner } from '~/components/spinner';
import { VerdictBadge } from '~/components/verdict-badge';
import { formatTime } from '~/components/verdict-sentence';
import type { JudgingState } from './judging-state';
import { judgingForecast, judgingHeadline } from './judging-words';

/** A submission on its way: its place in the queue, then one row per test as it lands. */
export function JudgingView({ state, stop }: { state: JudgingState; stop?: ReactNode }) {
  const forecast = judgingForecast(state);
  return (
    <div className="px-4 py-3">
      <div className="flex items-center gap-2.5">
        <Spinner className="size-4 text-accent" />
        <h2 className="font-semibold">{judgingHeadline(state)}</h2>
        {forecast && <span className="text-sm text-muted tabular-nums">{forecast}</span>}
        {stop && <span className="ml-auto">{stop}</span>}
      </div>
      {state.retryAt && (
        <p className="mt-2 text-sm">
          It is tried again by itself at <ClockTime iso={state.retryAt} />. You need not do anything.
        </p>
      )}
      <div className="mt-3">
        <ProgressBar value={state.results.length} max={state.testsTotal} label="Tests done" />
      </div>
      <ol className="mt-3">
        {state.results.map((result) => (
          <li
            key={result.index}
            className="flex items-center gap-3 border-t border-line py-1.5 text-sm first:border-t-0"
          >
            <span className="w-24 shrink-0">Test {result.index + 1}</span>
            <VerdictBadge verdict={result.status} />
            <span className="ml-auto text-xs text-muted tabular-nums">{formatTime(result.timeMs)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
