import { expect, test } from '@jest/globals';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { codeMarks, setMarks, type CodeMark } from './code-editor-marks';

const marked = (doc: string, marks: CodeMark[]) =>
  EditorState.create({ doc, extensions: [codeMarks] }).update({ effects: setMarks.of(marks) }).state;

/** What is underlined. */
const texts = (state: EditorState): string[] => {
  const found: string[] = [];
  for (const decorations of state.facet(EditorView.decorations)) {
    if (typeof decorations === 'function') continue;
    decorations.between(
      0,
      state.doc.length,
      (from, to) => void (from < to && found.push(state.sliceDoc(from, to))),
    );
  }
  return found;
};
const at = (line: number, column: number | null): CodeMark => ({ line, column, message: 'm' });

test('the word or the sign at a column is marked, the line where there is none', () => {
  const doc = 'x = 1\n  größe = y\nz';
  expect(texts(marked(doc, [at(2, 3)]))).toEqual(['größe']);
  expect(texts(marked(doc, [at(2, 9)]))).toEqual(['=']);
  expect(texts(marked(doc, [at(2, null)]))).toEqual(['größe = y']);
  expect(texts(marked(doc, [at(3, 99), at(7, 1), at(0, 1)]))).toEqual(['z']);
});

test('marks move with their lines, and go when their line is changed', () => {
  const state = marked('a\nb\nc', [at(2, 1), at(3, 1)]);
  const moved = state.update({ changes: { from: 0, insert: 'new\n' } }).state;
  expect(texts(moved)).toEqual(['b', 'c']);
  const mended = moved.update({ changes: { from: moved.doc.line(3).to, insert: '!' } }).state;
  expect(texts(mended)).toEqual(['c']);
});
