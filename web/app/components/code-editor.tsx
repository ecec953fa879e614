import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { useNonce } from '~/lib/document-info';
import type { CodeMark } from './code-editor-marks';
import type { EditorMode } from './code-editor-languages';
import type { CodeEditorHandle, EditorSettings } from './code-editor-view';
import './code-editor.css';

export interface CodeEditorProps {
  /** The form field's name, for a page without JavaScript. */
  name?: string;
  form?: string;
  text: string;
  onChange: (text: string) => void;
  /** The accessible name: "Code editor, Python". */
  label: string;
  mode: EditorMode;
  settings: EditorSettings;
  readOnly?: boolean;
  /** Where errors are; the same array as long as they are the same. */
  marks?: readonly CodeMark[] | undefined;
  /** As high as its text, up to a limit, and not as its surroundings. */
  fit?: boolean;
  /** `page` follows the page; the others stay. */
  theme: 'page' | 'light' | 'dark';
}

const noMarks: readonly CodeMark[] = [];

/**
 * What was typed before this script ran. It must be read before React takes the page over, which sets every textarea
 * back to what the server sent.
 */
const earlyText =
  typeof document === 'undefined'
    ? null
    : (document.querySelector<HTMLTextAreaElement>('textarea[data-code-editor]')?.value ?? null);
let earlyTextTaken = false;

const retryMs = 10_000;

/** Puts the editor in the place of the textarea once its code has come; answers whether it is there. */
const useEditorView = (
  props: CodeEditorProps & {
    describedBy: string;
    nonce: string;
    announce: (text: string) => void;
  },
  parent: RefObject<HTMLDivElement>,
  textarea: RefObject<HTMLTextAreaElement>,
): boolean => {
  const editor = useRef<CodeEditorHandle | null>(null);
  const latest = useRef(props);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    let gone = false;
    if (earlyText !== null && !earlyTextTaken && earlyText !== latest.current.text)
      latest.current.onChange(earlyText);
    earlyTextTaken = true;
    const load = async () => {
      const { createCodeEditor } = await import('./code-editor-view');
      if (gone || !parent.current) return;
      const hadFocus = document.activeElement === textarea.current;
      editor.current = createCodeEditor({
        ...latest.current,
        parent: parent.current,
        readOnly: latest.current.readOnly ?? false,
        onChange: (text) => latest.current.onChange(text),
        announce: (text) => latest.current.announce(text),
      });
      setReady(true);
      if (hadFocus) editor.current.focus();
    };
    // Without it the textarea stays, which can do all that matters; it is tried again when there is a connection.
    let retry: ReturnType<typeof setTimeout> | undefined;
    const tryLoading = () => {
      clearTimeout(retry);
      if (gone || editor.current) return;
      load().catch(() => {
        retry = setTimeout(tryLoading, retryMs);
      });
    };
    tryLoading();
    window.addEventListener('online', tryLoading);
    return () => {
      gone = true;
      clearTimeout(retry);
      window.removeEventListener('online', tryLoading);
      editor.current?.destroy();
      editor.current = null;
    };
  }, [parent, textarea]);

  const { text, mode, label, settings, readOnly = false, marks = noMarks } = props;
  useEffect(() => editor.current?.setText(text), [text, ready]);
  useEffect(() => editor.current?.setMode(mode, label), [mode, label, ready]);
  useEffect(() => editor.current?.setSettings(settings), [settings, ready]);
  useEffect(() => editor.current?.setReadOnly(readOnly), [readOnly, ready]);
  useEffect(() => editor.current?.setMarks(marks), [marks, ready]);
  return ready;
};

/**
 * Edits code: a plain textarea from the server, CodeMirror once it is loaded. Both have the same accessible name, and
 * `text` is always what is shown.
 */
export function CodeEditor(props: CodeEditorProps) {
  const parent = useRef<HTMLDivElement>(null);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const [announcement, announce] = useState('');
  const describedBy = useId();
  const nonce = useNonce() ?? '';
  const ready = useEditorView({ ...props, describedBy, nonce, announce }, parent, textarea);

  return (
    <div
      className="code-colours relative h-full min-h-0"
      data-editor-theme={props.theme}
      data-fit={props.fit || undefined}
    >
      <textarea
        ref={textarea}
        data-code-editor=""
        name={props.name}
        form={props.form}
        value={props.text}
        onChange={(event) => props.onChange(event.target.value)}
        readOnly={props.readOnly}
        hidden={ready}
        aria-label={props.label}
        aria-describedby={describedBy}
        spellCheck={false}
        // A browser that puts old text back after a reload would overwrite a newer draft.
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        className="code-textarea block h-full w-full"
      />
      <div ref={parent} className="h-full" hidden={!ready} />
      <p id={describedBy} className="sr-only">
        Press Escape, then Tab, to leave the editor.
      </p>
      <p aria-live="polite" className="sr-only">
        {announcement}
      </p>
    </div>
  );
}
