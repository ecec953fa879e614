import { useCallback, useState } from 'react';

interface Replaced {
  /** What happened, as a sentence. */
  text: string;
  before: string;
}

/** Replaces the whole code and keeps what was there, until the learner takes it back or closes the message. */
export const useReplacedText = (current: string, edit: (text: string) => void) => {
  const [replaced, setReplaced] = useState<Replaced | null>(null);
  const note = useCallback((text: string, before: string) => setReplaced({ text, before }), []);
  const replace = (code: string, text: string) => {
    if (code === current) return;
    note(text, current);
    edit(code);
  };
  const undo = () => {
    if (replaced) edit(replaced.before);
    setReplaced(null);
  };
  const close = useCallback(() => setReplaced(null), []);
  return { replaced, note, replace, undo, close };
};
