import { type EditorState, type Extension, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { findOddCharacters, type OddCharacter } from './code-editor-characters';

const codeOf = (text: string): string =>
  `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Stands for a character that cannot be seen. */
class InvisibleCharacter extends WidgetType {
  constructor(
    readonly name: string,
    readonly code: string,
  ) {
    super();
  }
  override eq(other: InvisibleCharacter): boolean {
    return other.code === this.code;
  }
  toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = 'cm-odd cm-odd-invisible';
    mark.textContent = '␣';
    mark.title = `${this.name} (${this.code})`;
    mark.setAttribute('role', 'img');
    mark.setAttribute('aria-label', this.name);
    return mark;
  }
}

const decorationOf = (state: EditorState, { from, to, name, invisible }: OddCharacter): Decoration => {
  const code = codeOf(state.sliceDoc(from, to));
  return invisible
    ? Decoration.replace({ widget: new InvisibleCharacter(name, code) })
    : Decoration.mark({ class: 'cm-odd', attributes: { title: `${name} (${code})` } });
};

const marksIn = ({ state, visibleRanges }: EditorView): DecorationSet => {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    const start = state.doc.lineAt(from).from;
    for (const found of findOddCharacters(state.sliceDoc(start, to))) {
      const moved = { ...found, from: found.from + start, to: found.to + start };
      // A line separator is shown as text only: replacing it would join two lines of the view.
      if (moved.from >= from && found.replacement !== '\n') {
        builder.add(moved.from, moved.to, decorationOf(state, moved));
      }
    }
  }
  return builder.finish();
};

/** Shows characters that are invisible or look like others, each with its name. */
export const oddCharacters: Extension = ViewPlugin.fromClass(
  class {
    marks: DecorationSet;
    constructor(view: EditorView) {
      this.marks = marksIn(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.marks = marksIn(update.view);
    }
  },
  {
    decorations: ({ marks }) => marks,
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.marks ?? Decoration.none),
  },
);
