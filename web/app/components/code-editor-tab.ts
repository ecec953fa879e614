import { indentLess, indentMore } from '@codemirror/commands';
import { getIndentUnit, indentUnit } from '@codemirror/language';
import { EditorSelection, Transaction, type Extension } from '@codemirror/state';
import { EditorView, keymap, type Command } from '@codemirror/view';

export const tabLeavesText = 'Tab now leaves the editor. Type, and it indents again.';
export const tabIndentsText = 'Tab indents now. Press Escape, then Tab, to leave the editor.';

const indentHere: Command = (view) => {
  const { state } = view;
  if (state.readOnly) return false;
  if (state.selection.ranges.some((range) => !range.empty)) return indentMore(view);
  const unit = state.facet(indentUnit);
  view.dispatch(
    state.changeByRange((range) => {
      const column = range.head - state.doc.lineAt(range.head).from;
      const width = getIndentUnit(state);
      const insert = unit === '\t' ? unit : ' '.repeat(width - (column % width));
      const head = range.head + insert.length;
      return { changes: { from: range.head, insert }, range: EditorSelection.cursor(head) };
    }),
    { scrollIntoView: true, userEvent: 'input.indent' },
  );
  return true;
};

/**
 * Tab that never traps: it passes through the editor until the learner has typed, indents from then on, and passes
 * again after Escape or when the editor was left. `announce` gets each change of this in words.
 */
export const tabKey = (announce: (text: string) => void): Extension => {
  let captures = false;
  const set = (next: boolean) => {
    if (next === captures) return;
    captures = next;
    announce(next ? tabIndentsText : tabLeavesText);
  };
  return [
    keymap.of([
      {
        key: 'Tab',
        run: (view) => captures && indentHere(view),
        shift: (view) => captures && indentLess(view),
      },
    ]),
    EditorView.updateListener.of((update) => {
      const typed = update.transactions.some(
        (tr) => tr.docChanged && (tr.annotation(Transaction.userEvent) ?? '').startsWith('input'),
      );
      if (typed) set(true);
    }),
    // An observer: Escape gives Tab back also where something else (a selection, vim) takes the key.
    EditorView.domEventObservers({
      keydown: (event) => {
        if (event.key === 'Escape') set(false);
      },
      blur: () => {
        captures = false;
      },
    }),
  ];
};
