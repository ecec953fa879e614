import { useCallback, useState } from 'react';

interface Replaced {
  /** What happened, as a sentence. */
  text: string;
  before: string;
}

/** Keeps the code that was replaced as a whole, until the learner takes it back or closes the message. */
export const useReplacedText = () => {
  const [replaced, setReplaced] = useState<Replaced | null>(null);
  const note = useCallback((text: string, before: string) => setReplaced({ text, before }), []);
  const close = useCallback(() => setReplaced(null), []);
  return { replaced, note, close };
};
