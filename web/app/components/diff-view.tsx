import { useMemo } from 'react';
import {
  diffTexts,
  foldSameRows,
  visibleBlanks,
  type DiffLine,
  type DiffOptions,
  type DiffRow,
  type DiffSegment,
  type FoldedRow,
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

// A screenful or two; an endless loop's output is thousands of lines.
const shownAtOnce = 60;
// A page with all of them would not scroll.
const shownAtMost = 3000;
// Longer lines are cut until they are asked for.
const shownOfLine = 600;

/** The first characters of a line's segments, and how many more there are. */
const clipSegments = (segments: DiffSegment[]): { shown: DiffSegment[]; rest: number } => {
  const total = segments.reduce((sum, { text }) => sum + text.length, 0);
  if (total <= shownOfLine + 100) return { shown: segments, rest: 0 };
  // What differs should be seen: the cut begins a little before it.
  let changedAt = 0;
  for (const { text, changed } of segments) {
    if (changed) break;
    changedAt += text.length;
  }
  const from = changedAt > shownOfLine - 100 && changedAt < total ? changedAt - 100 : 0;
  const shown: DiffSegment[] = from > 0 ? [{ text: '… ', changed: false, trailing: false }] : [];
  let at = 0;
  for (const segment of segments) {
    const text = segment.text.slice(Math.max(from - at, 0), Math.max(from + shownOfLine - at, 0));
    if (text !== '') shown.push({ ...segment, text });
    at += segment.text.length;
  }
  return { shown, rest: total - shownOfLine };
};

function Segment({ segment, mark }: { segment: DiffSegment; mark: boolean }) {
  const text = segment.trailing && mark ? visibleBlanks(segment.text) : segment.text;
  return segment.changed && mark ? <mark>{text}</mark> : text;
}

function Line({ line, marked, name }: { line: DiffLine | null; marked: boolean; name: string }) {
  if (!line) return <span className="diff-line" data-empty="" />;
  // A line that differs as a whole is marked by its ground; marks on each letter would only shout.
  const whole = line.segments.every((segment) => segment.changed);
  const { shown, rest } = clipSegments(line.segments);
  const pieces = (segments: DiffSegment[]) =>
    segments.map((segment, at) => (
      <Segment key={at} segment={segment} mark={marked && (!whole || segment.trailing)} />
    ));
  return (
    <span className="diff-line" data-marked={marked || undefined}>
      <span className="diff-number" aria-hidden="true">
        {line.number}
      </span>
      <span className="diff-text">
        {marked && <span className="sr-only">{`${name}: `}</span>}
        {pieces(shown)}
        {rest > 0 && (
          <details className="diff-whole">
            <summary>Show all ({(rest + shownOfLine).toLocaleString('en')} characters)</summary>
            {pieces(line.segments)}
          </details>
        )}
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

function Parts({ parts, names }: { parts: FoldedRow[]; names: [string, string] }) {
  return parts.map((part, at) =>
    part.fold ? (
      <details key={at}>
        <summary>{part.rows.length} equal lines</summary>
        <Rows rows={part.rows} names={names} />
      </details>
    ) : (
      <Rows key={at} rows={[part.row]} names={names} />
    ),
  );
}

const countRows = (sum: number, part: FoldedRow): number => sum + (part.fold ? part.rows.length : 1);

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
  const shown = meaning === 'answer' ? shownAtOnce : shownAtMost;
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
        <Parts parts={parts.slice(0, shown)} names={names} />
        {parts.length > shown && (
          <details>
            <summary>
              Show all ({parts.slice(shown).reduce(countRows, 0).toLocaleString('en')} more lines)
            </summary>
            <Parts parts={parts.slice(shown, shown + shownAtMost)} names={names} />
            {parts.length > shown + shownAtMost && (
              <p className="diff-rest">The rest is too long to be shown here.</p>
            )}
          </details>
        )}
      </div>
    </div>
  );
}
