import { useMemo } from 'react';
import {
  diffTexts,
  foldSameRows,
  visibleBlanks,
  type DiffLine,
  type DiffOptions,
  type DiffRow,
  type DiffSegment,
} from './diff-view-lines';
import './diff-view.css';

export interface DiffViewProps extends DiffOptions {
  left: string;
  right: string;
  /** Heads of the columns: "Expected" and "Got". */
  leftName: string;
  rightName: string;
  /** `answer`: left is right, right is wrong. `versions`: left is older, right is newer. */
  meaning: 'answer' | 'versions';
}

// More rows than anybody reads; a page with all of an endless loop's output would not scroll.
const shownAtOnce = 400;

function Segment({ segment, mark }: { segment: DiffSegment; mark: boolean }) {
  const text = segment.trailing && mark ? visibleBlanks(segment.text) : segment.text;
  return segment.changed && mark ? <mark>{text}</mark> : text;
}

function Line({ line, marked, name }: { line: DiffLine | null; marked: boolean; name: string }) {
  if (!line) return <span className="diff-line" data-empty="" />;
  // A line that differs as a whole is marked by its ground; marks on each letter would only shout.
  const whole = line.segments.every((segment) => segment.changed);
  return (
    <span className="diff-line" data-marked={marked || undefined}>
      <span className="diff-number" aria-hidden="true">
        {line.number}
      </span>
      <span className="diff-text">
        {marked && <span className="sr-only">{`${name}: `}</span>}
        {line.segments.map((segment, at) => (
          <Segment key={at} segment={segment} mark={marked && (!whole || segment.trailing)} />
        ))}
        {line.segments.length === 0 && marked && <mark title="An empty line">↵</mark>}
        {line.noNewline && <em className="diff-note">no line break at the end</em>}
      </span>
    </span>
  );
}

function Rows({ rows, names }: { rows: DiffRow[]; names: [string, string] }) {
  return rows.map((row, at) => (
    <div className="diff-row" data-kind={row.kind} key={at}>
      <Line line={row.left} marked={row.kind !== 'same'} name={names[0]} />
      <Line line={row.right} marked={row.kind !== 'same'} name={names[1]} />
    </div>
  ));
}

/**
 * Two texts side by side; lines and characters that differ are marked, also by underline, and blanks that nobody can
 * see are drawn. Equal stretches fold, without any script.
 */
export function DiffView({ left, right, leftName, rightName, meaning, ignoreTrailingBlanks }: DiffViewProps) {
  const parts = useMemo(
    () => foldSameRows(diffTexts(left, right, { ignoreTrailingBlanks: ignoreTrailingBlanks ?? false })),
    [left, right, ignoreTrailingBlanks],
  );
  const names: [string, string] = [leftName, rightName];
  return (
    <div
      className="diff-view"
      data-meaning={meaning}
      role="group"
      aria-label={`${leftName} and ${rightName}`}
    >
      <div className="diff-head" aria-hidden="true">
        <span>{leftName}</span>
        <span>{rightName}</span>
      </div>
      <div className="diff-body">
        {parts.slice(0, shownAtOnce).map((part, at) =>
          part.fold ? (
            <details key={at}>
              <summary>{part.rows.length} equal lines</summary>
              <Rows rows={part.rows} names={names} />
            </details>
          ) : (
            <Rows key={at} rows={[part.row]} names={names} />
          ),
        )}
        {parts.length > shownAtOnce && (
          <p className="diff-rest">Only the first {shownAtOnce} lines with differences are shown.</p>
        )}
      </div>
    </div>
  );
}
