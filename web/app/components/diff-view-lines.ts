import { diffArrays, diffChars } from 'diff';

/** A piece of a line. `trailing` are blanks at the end of the line, which the view makes visible. */
export interface DiffSegment {
  text: string;
  changed: boolean;
  trailing: boolean;
}

export interface DiffLine {
  /** From 1, in its own text. */
  number: number;
  segments: DiffSegment[];
  /** The text ends here without a line break, and the other text differs in that. */
  noNewline: boolean;
}

/** One row of two columns. `removed` has only a left line, `added` only a right one. */
export interface DiffRow {
  kind: 'same' | 'changed' | 'removed' | 'added';
  left: DiffLine | null;
  right: DiffLine | null;
}

export interface DiffOptions {
  /** As the judge compares: blanks at line ends and line breaks at the end of the text do not count. */
  ignoreTrailingBlanks?: boolean;
}

export type FoldedRow = { fold: false; row: DiffRow } | { fold: true; rows: DiffRow[] };

// Beyond these the comparison takes seconds on a school laptop, and nobody reads character marks of such lines.
const maxLineEdits = 400;
const maxLineLength = 1000;
const maxCharacterEdits = 200;
const minSimilarity = 0.4;
const blanksAtEnd = /[ \t\v\f\r\0]+$/;

interface SplitText {
  lines: string[];
  endsWithNewline: boolean;
}

const splitText = (text: string, ignoreTrailingBlanks: boolean): SplitText => {
  const lines = text.split('\n');
  const endsWithNewline = lines.at(-1) === '';
  if (endsWithNewline) lines.pop();
  if (ignoreTrailingBlanks) {
    while (lines.length > 0 && lines.at(-1)?.replace(blanksAtEnd, '') === '') lines.pop();
  }
  return { lines, endsWithNewline };
};

const toSegments = (text: string, changed: boolean): DiffSegment[] => {
  const blanks = blanksAtEnd.exec(text)?.[0] ?? '';
  const body = text.slice(0, text.length - blanks.length);
  return [
    ...(body === '' ? [] : [{ text: body, changed, trailing: false }]),
    ...(blanks === '' ? [] : [{ text: blanks, changed, trailing: true }]),
  ];
};

const wholeLine = (text: string, number: number, changed: boolean): DiffLine => ({
  number,
  segments: toSegments(text, changed),
  noNewline: false,
});

/** Marks a segment's blanks as trailing only where the line ends. */
const splitLastSegment = (segments: DiffSegment[]): DiffSegment[] => {
  const last = segments.at(-1);
  return last ? [...segments.slice(0, -1), ...toSegments(last.text, last.changed)] : segments;
};

/**
 * The two lines with the characters that differ marked; whole lines are marked when they have little in common.
 */
export const compareLines = (left: string, right: string): { left: DiffSegment[]; right: DiffSegment[] } => {
  const whole = { left: toSegments(left, true), right: toSegments(right, true) };
  if (left.length > maxLineLength || right.length > maxLineLength) return whole;
  const changes = diffChars(left, right, { maxEditLength: maxCharacterEdits });
  if (!changes) return whole;
  const common = changes.reduce(
    (sum, part) => (part.added || part.removed ? sum : sum + part.value.length),
    0,
  );
  if (common < minSimilarity * Math.max(left.length, right.length)) return whole;
  const segmentsOf = (skip: 'added' | 'removed') =>
    splitLastSegment(
      changes
        .filter((part) => !part[skip])
        .map((part) => ({ text: part.value, changed: part.added || part.removed, trailing: false })),
    );
  return { left: segmentsOf('added'), right: segmentsOf('removed') };
};

/** Removed and added lines of one place, side by side. */
const pairLines = (removed: string[], added: string[], leftAt: number, rightAt: number): DiffRow[] =>
  Array.from({ length: Math.max(removed.length, added.length) }, (_, at): DiffRow => {
    const left = removed[at];
    const right = added[at];
    if (left !== undefined && right !== undefined) {
      const segments = compareLines(left, right);
      return {
        kind: 'changed',
        left: { number: leftAt + at, segments: segments.left, noNewline: false },
        right: { number: rightAt + at, segments: segments.right, noNewline: false },
      };
    }
    return left !== undefined
      ? { kind: 'removed', left: wholeLine(left, leftAt + at, true), right: null }
      : { kind: 'added', left: null, right: wholeLine(right ?? '', rightAt + at, true) };
  });

const sameRow = (left: string, right: string, leftAt: number, rightAt: number): DiffRow => ({
  kind: 'same',
  left: wholeLine(left, leftAt, false),
  right: wholeLine(right, rightAt, false),
});

/** Line by line at the same place: for texts too different to search for common parts. */
const pairByPlace = (left: string[], right: string[], key: (line: string) => string): DiffRow[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const l = left[at];
    const r = right[at];
    if (l !== undefined && r !== undefined && key(l) === key(r)) return sameRow(l, r, at + 1, at + 1);
    return pairLines(l === undefined ? [] : [l], r === undefined ? [] : [r], at + 1, at + 1)[0] as DiffRow;
  });

const markMissingNewline = (rows: DiffRow[], left: SplitText, right: SplitText): void => {
  if (left.endsWithNewline === right.endsWithNewline) return;
  const side = left.endsWithNewline ? 'right' : 'left';
  const last = rows.findLast((row) => row[side] !== null);
  const line = last?.[side];
  if (!last || !line) return;
  line.noNewline = true;
  if (last.kind === 'same') last.kind = 'changed';
};

type LineChange = { added: boolean; removed: boolean; count: number };

/** Changes as blocks: so many lines the same, or so many removed and so many added at one place. */
const toBlocks = (changes: LineChange[]): { same: number; removed: number; added: number }[] => {
  const blocks: { same: number; removed: number; added: number }[] = [];
  for (const change of changes) {
    const last = blocks.at(-1);
    if (!change.added && !change.removed) blocks.push({ same: change.count, removed: 0, added: 0 });
    else if (last && last.same === 0) last[change.added ? 'added' : 'removed'] += change.count;
    else
      blocks.push({
        same: 0,
        removed: change.removed ? change.count : 0,
        added: change.added ? change.count : 0,
      });
  }
  return blocks;
};

/** Compares two texts line by line (Myers, by the diff package) and character by character within changed lines. */
export const diffTexts = (leftText: string, rightText: string, options: DiffOptions = {}): DiffRow[] => {
  const ignore = options.ignoreTrailingBlanks ?? false;
  const left = splitText(leftText, ignore);
  const right = splitText(rightText, ignore);
  const key = (line: string) => (ignore ? line.replace(blanksAtEnd, '') : line);
  const changes = diffArrays(left.lines.map(key), right.lines.map(key), { maxEditLength: maxLineEdits });
  if (!changes) return pairByPlace(left.lines, right.lines, key);

  const rows: DiffRow[] = [];
  let leftAt = 0;
  let rightAt = 0;
  for (const { same, removed, added } of toBlocks(changes)) {
    for (let i = 0; i < same; i += 1) {
      const [l, r] = [left.lines[leftAt + i] ?? '', right.lines[rightAt + i] ?? ''];
      rows.push(sameRow(l, r, leftAt + i + 1, rightAt + i + 1));
    }
    const gone = left.lines.slice(leftAt + same, leftAt + same + removed);
    const come = right.lines.slice(rightAt + same, rightAt + same + added);
    rows.push(...pairLines(gone, come, leftAt + same + 1, rightAt + same + 1));
    leftAt += same + removed;
    rightAt += same + added;
  }
  if (!ignore) markMissingNewline(rows, left, right);
  return rows;
};

/** Folds runs of same rows away, but for `context` rows beside each change. */
export const foldSameRows = (rows: DiffRow[], context = 3): FoldedRow[] => {
  const near = new Set<number>();
  rows.forEach((row, at) => {
    if (row.kind === 'same') return;
    for (let i = at - context; i <= at + context; i += 1) near.add(i);
  });
  const folded: FoldedRow[] = [];
  let run: DiffRow[] = [];
  const close = () => {
    // A fold of one row would take as much room as the row.
    if (run.length === 1 && run[0]) folded.push({ fold: false, row: run[0] });
    else if (run.length > 1) folded.push({ fold: true, rows: run });
    run = [];
  };
  rows.forEach((row, at) => {
    if (!near.has(at)) return run.push(row);
    close();
    folded.push({ fold: false, row });
  });
  close();
  return folded;
};

/** Blanks as a reader can see them: a dot for a space, an arrow for a tab. */
export const visibleBlanks = (text: string): string =>
  text
    .replaceAll(' ', '·')
    .replaceAll('\t', '→')
    .replaceAll('\r', '␍')
    .replace(/[\v\f\0]/g, '□');
