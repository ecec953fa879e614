import { ClockTime } from '~/components/clock-time';
import type { DraftPhase, DraftState } from './draft-machine';

const words: Record<Exclude<DraftPhase, 'saved'>, string> = {
  waiting: 'Unsaved',
  saving: 'Saving…',
  offline: 'Offline, kept here',
  failed: 'Not saved yet, kept here',
  conflict: 'Two versions',
  signed_out: 'Signed out, kept here',
  too_large: 'Too large, kept here',
};

/** "Saved 12:25:51". Quiet: what needs attention is told by the banner, which is announced. */
export function DraftStatus({ state }: { state: DraftState }) {
  return (
    <span className="truncate text-xs text-muted" data-draft-phase={state.phase}>
      {state.phase !== 'saved' ? (
        words[state.phase]
      ) : state.savedAt ? (
        <>
          Saved <ClockTime iso={state.savedAt} />
        </>
      ) : null}
    </span>
  );
}
