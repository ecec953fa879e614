import { describe, expect, test } from '@jest/globals';
import { compareLines, diffTexts, foldSameRows, visibleBlanks, type DiffRow } from './diff-view-lines';

const outline = (rows: DiffRow[]) =>
  rows.map((row) => {
    const text = (side: 'left' | 'right') => row[side]?.segments.map((s) => s.text).join('') ?? null;
    return [row.kind, text('left'), text('right')];
  });

describe('line by line', () => {
  test('equal texts have only same rows', () => {
    expect(outline(diffTexts('1\n2\n', '1\n2\n'))).toEqual([
      ['same', '1', '1'],
      ['same', '2', '2'],
    ]);
  });

  test('a changed line stands beside its counterpart', () => {
    expect(outline(diffTexts('1\n20\n3\n', '1\n25\n3\n'))).toEqual([
      ['same', '1', '1'],
      ['changed', '20', '25'],
      ['same', '3', '3'],
    ]);
  });

  test('missing and extra lines have an empty other side, and line numbers go on', () => {
    const rows = diffTexts('a\nb\nc\n', 'a\nc\nd\n');
    expect(outline(rows)).toEqual([
      ['same', 'a', 'a'],
      ['removed', 'b', null],
      ['same', 'c', 'c'],
      ['added', null, 'd'],
    ]);
    expect(rows[2]?.left?.number).toBe(3);
    expect(rows[2]?.right?.number).toBe(2);
  });

  test('a missing blank line in the middle is a row of its own', () => {
    expect(outline(diffTexts('1\n\n2', '1\n2'))).toEqual([
      ['same', '1', '1'],
      ['removed', '', null],
      ['same', '2', '2'],
    ]);
  });

  test('empty output removes every expected line', () => {
    expect(outline(diffTexts('1\n2\n', '', { ignoreTrailingBlanks: true }))).toEqual([
      ['removed', '1', null],
      ['removed', '2', null],
    ]);
  });

  test('texts with thousands of differences are compared by place, at once', () => {
    const left = Array.from({ length: 8000 }, (_, i) => `left ${i}`).join('\n');
    const right = Array.from({ length: 8000 }, (_, i) => `right ${i * 7}`).join('\n');
    expect(diffTexts(left, right)).toHaveLength(8000);
  });
});

describe('blanks at the end', () => {
  test('do not count where the judge does not count them', () => {
    const rows = diffTexts('1 \n2\n', '1\n2\t\r\n\n\n', { ignoreTrailingBlanks: true });
    expect(rows.map((row) => row.kind)).toEqual(['same', 'same']);
  });

  test('count in code, and are kept apart so that the view can show them', () => {
    const [row] = diffTexts('x = 1  \n', 'x = 1\n');
    expect(row?.kind).toBe('changed');
    expect(row?.left?.segments).toEqual([
      { text: 'x = 1', changed: false, trailing: false },
      { text: '  ', changed: true, trailing: true },
    ]);
  });

  test('a missing line break at the end is marked on the side that lacks it', () => {
    const [row] = diffTexts('end\n', 'end');
    expect(row?.kind).toBe('changed');
    expect(row?.left?.noNewline).toBe(false);
    expect(row?.right?.noNewline).toBe(true);
  });

  test('are drawn as signs', () => {
    expect(visibleBlanks(' \t\r')).toBe('·→␍');
  });
});

describe('character by character', () => {
  test('only what differs is marked', () => {
    const { left, right } = compareLines('Hello, World!', 'Hello World!');
    expect(left.filter((s) => s.changed).map((s) => s.text)).toEqual([',']);
    expect(right.some((s) => s.changed)).toBe(false);
  });

  test('lines with little in common are marked as a whole', () => {
    const { left, right } = compareLines('42', 'seven');
    expect(left).toEqual([{ text: '42', changed: true, trailing: false }]);
    expect(right).toEqual([{ text: 'seven', changed: true, trailing: false }]);
  });

  test('a very long line is marked as a whole', () => {
    expect(compareLines('a'.repeat(5000), 'a'.repeat(5001)).left).toHaveLength(1);
  });
});

describe('folding', () => {
  test('keeps three rows beside a change and folds the rest', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `${i}`);
    const rows = diffTexts(lines.join('\n'), lines.map((l) => (l === '10' ? 'ten' : l)).join('\n'));
    const folded = foldSameRows(rows);
    expect(folded[0]).toMatchObject({ fold: true });
    expect(folded.filter((f) => !f.fold)).toHaveLength(7);
    expect(folded.flatMap((f) => (f.fold ? f.rows : [f.row]))).toEqual(rows);
  });
});
