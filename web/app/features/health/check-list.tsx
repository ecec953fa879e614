import type { CheckDetails, CheckName, CheckStatus, Health, Piece } from '@coding-platform/api/schema/health';
import { Badge } from '~/components/badge';
import { LocalTime } from '~/components/local-time';
import { doubtfulState, partWords, stateWords } from './check-words';

/** Each part with how it is, how long it took to answer, since when, and what is wrong. */
export function CheckList({
  health: { checks, details },
  doubtful,
}: {
  health: Health;
  doubtful: CheckName[];
}) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {(Object.keys(partWords) as CheckName[]).map((name) => (
        <CheckRow
          key={name}
          name={name}
          status={checks[name]}
          details={details[name]}
          isDoubtful={doubtful.includes(name)}
        />
      ))}
    </ul>
  );
}

interface CheckRowProps {
  name: CheckName;
  status: CheckStatus;
  details: CheckDetails;
  isDoubtful: boolean;
}

function CheckRow({ name, status, details, isDoubtful }: CheckRowProps) {
  const words = partWords[name];
  const state = isDoubtful ? doubtfulState : stateWords[status];
  return (
    <li className="grid gap-x-6 gap-y-2 p-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:p-5">
      <div className="min-w-0">
        <h2 className="text-base font-semibold">{words.label}</h2>
        <p className="text-sm text-muted">{words.use}</p>
        {status === 'disabled' && words.off ? <p className="mt-1 text-sm">{words.off}</p> : null}
        {details.reason ? (
          <p
            className={`mt-2 rounded-md px-3 py-2 font-mono text-sm break-words ${isDoubtful ? 'bg-warn-soft text-warn' : 'bg-bad-soft text-bad'}`}
          >
            {details.reason}
          </p>
        ) : null}
        {details.pieces ? <PieceList pieces={details.pieces} /> : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted sm:flex-col sm:items-end">
        <Badge tone={state.tone}>{state.label}</Badge>
        {details.latencyMs === null ? null : (
          <span className="tabular-nums">
            <span className="sr-only">answered in </span>
            {details.latencyMs} ms
          </span>
        )}
        {details.since ? (
          <span>
            since <LocalTime iso={details.since} />
          </span>
        ) : null}
      </div>
    </li>
  );
}

function PieceList({ pieces }: { pieces: Piece[] }) {
  return (
    <ul className="mt-2 space-y-1 text-sm">
      {pieces.map(({ name, status, reason }) => (
        <li key={name} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <Badge tone={stateWords[status].tone}>{stateWords[status].label}</Badge>
          <span className="min-w-0 font-mono break-all">{name}</span>
          {reason ? <span className="min-w-0 break-words text-muted">{reason}</span> : null}
        </li>
      ))}
    </ul>
  );
}
