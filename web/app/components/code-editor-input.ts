import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * Types over a selection. Left to Chromium, this writes a style attribute into the line for a moment, which the
 * security policy refuses with a message in the console each time.
 */
export const typeOverSelection: Extension = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { state } = view;
    const { main, ranges } = state.selection;
    const text = event.inputType === 'insertText' && !event.isComposing ? event.data : null;
    if (!text || main.empty || ranges.length > 1 || state.readOnly) return false;
    const insert = () =>
      state.update(state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true });
    // Closing brackets put themselves around a selection in such a handler.
    const handled = state
      .facet(EditorView.inputHandler)
      .some((handle) => handle(view, main.from, main.to, text, insert));
    if (!handled) view.dispatch(insert());
    return true;
  },
});
