import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { typeOverSelection } from './code-editor-input';
import { loadKeyBindings, loadLanguage, type EditorMode, type KeyBindings } from './code-editor-languages';
import { codeMarks, setMarks, type CodeMark } from './code-editor-marks';
import { oddCharacters } from './code-editor-odd';
import { tabKey } from './code-editor-tab';
import { editorTheme, fontSizeTheme } from './code-editor-theme';

export interface EditorSettings {
  fontSize: number;
  tabSize: number;
  keys: KeyBindings;
}

export interface EditorViewOptions {
  parent: HTMLElement;
  text: string;
  /** The accessible name: "Code editor, Python". */
  label: string;
  /** Id of the text that tells how to leave the editor. */
  describedBy: string;
  /** The page's style nonce; without it the editor's own styles would be refused. */
  nonce: string;
  mode: EditorMode;
  settings: EditorSettings;
  readOnly: boolean;
  onChange: (text: string) => void;
  announce: (text: string) => void;
}

export interface CodeEditorHandle {
  setText: (text: string) => void;
  setMode: (mode: EditorMode, label: string) => void;
  setSettings: (settings: EditorSettings) => void;
  setReadOnly: (readOnly: boolean) => void;
  setMarks: (marks: readonly CodeMark[]) => void;
  focus: () => void;
  destroy: () => void;
}

/** Marks a change that came from outside, so that it is not told back. */
const fromOutside = Annotation.define<boolean>();

const labelled = (label: string, describedBy: string): Extension =>
  EditorView.contentAttributes.of({
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-multiline': 'true',
    autocorrect: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
  });

const measures = ({ fontSize, tabSize }: EditorSettings): Extension => [
  fontSizeTheme(fontSize),
  EditorState.tabSize.of(tabSize),
  indentUnit.of(' '.repeat(tabSize)),
];

const fixedExtensions = ({ nonce, announce, onChange }: EditorViewOptions): Extension => [
  EditorView.cspNonce.of(nonce),
  editorTheme,
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  drawSelection(),
  history(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  // Suggestions on asking only: a beginner should read the code and not a list that covers it.
  autocompletion({ activateOnTyping: false }),
  search({ top: true }),
  keymap.of([
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
  ]),
  tabKey(announce),
  typeOverSelection,
  codeMarks,
  oddCharacters,
  EditorView.updateListener.of((update) => {
    if (update.docChanged && !update.transactions.some((tr) => tr.annotation(fromOutside)))
      onChange(update.state.doc.toString());
  }),
];

/** Makes the editor in `parent`. What is loaded on demand (language, keys) comes in when it has come. */
export const createCodeEditor = (options: EditorViewOptions): CodeEditorHandle => {
  const [language, keys, sizes, writing, label] = Array.from({ length: 5 }, () => new Compartment()) as [
    Compartment,
    Compartment,
    Compartment,
    Compartment,
    Compartment,
  ];
  let wantedMode = options.mode;
  let wantedKeys: KeyBindings = 'default';

  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        // Vim and emacs keys must come before the default ones.
        keys.of([]),
        fixedExtensions(options),
        language.of([]),
        sizes.of(measures(options.settings)),
        writing.of(EditorState.readOnly.of(options.readOnly)),
        label.of(labelled(options.label, options.describedBy)),
      ],
    }),
  });

  const showMode = async (mode: EditorMode) => {
    wantedMode = mode;
    const extension = await loadLanguage(mode);
    if (wantedMode === mode) view.dispatch({ effects: language.reconfigure(extension) });
  };
  const bindKeys = async (next: KeyBindings) => {
    if (next === wantedKeys) return;
    wantedKeys = next;
    const extension = await loadKeyBindings(next);
    if (wantedKeys === next) view.dispatch({ effects: keys.reconfigure(extension) });
  };
  // A chunk that cannot be loaded leaves an editor without colours: it still edits.
  const quietly = (loading: Promise<void>) => void loading.catch(() => undefined);
  quietly(showMode(options.mode));
  quietly(bindKeys(options.settings.keys));

  return {
    setText: (text) => {
      if (text === view.state.doc.toString()) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: fromOutside.of(true),
      });
    },
    setMode: (mode, name) => {
      view.dispatch({ effects: label.reconfigure(labelled(name, options.describedBy)) });
      quietly(showMode(mode));
    },
    setSettings: (settings) => {
      view.dispatch({ effects: sizes.reconfigure(measures(settings)) });
      quietly(bindKeys(settings.keys));
    },
    setReadOnly: (readOnly) =>
      view.dispatch({ effects: writing.reconfigure(EditorState.readOnly.of(readOnly)) }),
    setMarks: (marks) => view.dispatch({ effects: setMarks.of(marks) }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
};
