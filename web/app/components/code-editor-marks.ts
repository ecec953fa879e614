import { RangeSet, StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView, gutterLineClass, GutterMarker, type DecorationSet } from '@codemirror/view';

/** A place in the code that an error was told of; line and column count from 1. */
export interface CodeMark {
  line: number;
  column: number | null;
  message: string;
}

export const setMarks = StateEffect.define<readonly CodeMark[]>();

class ErrorNumber extends GutterMarker {
  override elementClass = 'cm-error-number';
}
const errorNumber = new ErrorNumber();

interface Marks {
  text: DecorationSet;
  numbers: RangeSet<GutterMarker>;
}
const none: Marks = { text: Decoration.none, numbers: RangeSet.empty as RangeSet<GutterMarker> };

/** The word or the sign at a column, or the whole line where none is told. */
const rangeOf = (line: { from: number; to: number; text: string }, column: number | null) => {
  if (column === null || column > line.text.length) {
    return { from: line.from + (line.text.length - line.text.trimStart().length), to: line.to };
  }
  const word = /^(?:[\p{L}\p{N}_]+|.)/u.exec(line.text.slice(column - 1))?.[0] ?? '';
  return { from: line.from + column - 1, to: line.from + column - 1 + word.length };
};

const markLines = (doc: Text, marks: readonly CodeMark[]): Marks => {
  const known = marks.filter(({ line }) => line >= 1 && line <= doc.lines);
  const text = known.flatMap(({ line: number, column, message }) => {
    const line = doc.line(number);
    const { from, to } = rangeOf(line, column);
    const whole = Decoration.line({ class: 'cm-error-line', attributes: { title: message } }).range(
      line.from,
    );
    return from < to ? [whole, Decoration.mark({ class: 'cm-error-mark' }).range(from, to)] : [whole];
  });
  return {
    text: Decoration.set(text, true),
    numbers: RangeSet.of(
      known.map(({ line }) => errorNumber.range(doc.line(line).from)),
      true,
    ),
  };
};

/** Who changes a line has seen its mark. */
const withoutChanged = (marks: Marks, doc: Text, from: number, to: number): Marks => {
  const [start, end] = [doc.lineAt(from).from, doc.lineAt(to).to];
  const filter = { filterFrom: start, filterTo: end, filter: () => false };
  return { text: marks.text.update(filter), numbers: marks.numbers.update(filter) };
};

const marks = StateField.define<Marks>({
  create: () => none,
  update: (before, transaction) => {
    let now = before;
    if (transaction.docChanged) {
      now = { text: now.text.map(transaction.changes), numbers: now.numbers.map(transaction.changes) };
      transaction.changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
        now = withoutChanged(now, transaction.newDoc, fromB, toB);
      });
    }
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) now = markLines(transaction.newDoc, effect.value);
    }
    return now;
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ text }) => text),
    gutterLineClass.from(field, ({ numbers }) => numbers),
  ],
});

/** Shows where errors are, until the line is changed. */
export const codeMarks: Extension = marks;
