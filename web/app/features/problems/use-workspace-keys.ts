import { useEffect, useRef } from 'react';

export interface WorkspaceKeys {
  onRun: () => void;
  onSubmit: () => void;
  onHelp: () => void;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** The workspace's own keys, wherever the focus is; while a dialog is open they rest. */
export const useWorkspaceKeys = (keys: WorkspaceKeys): void => {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      const enter = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey;
      const help = event.key === '?' && !event.ctrlKey && !event.metaKey && !isTyping(event.target);
      if (!enter && !help) return;
      // Before the editor sees it: vim, emacs and the default keys all do something with Ctrl+Enter.
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat) return;
      if (help) latest.current.onHelp();
      else if (event.shiftKey) latest.current.onSubmit();
      else latest.current.onRun();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
};
