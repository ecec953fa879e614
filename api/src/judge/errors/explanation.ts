/** A mistake of beginners as the compiler or the runtime tells it. */
export interface KnownError {
  /** Names it in tests. */
  name: string;
  /** Its message; groups can stand in the text as $1. */
  pattern: RegExp;
  /** What it means, in one sentence. */
  text: string;
  /** What to look at first. */
  look: string;
}

/** Fills a known error's sentences with what its message names. */
export const explain = ({ pattern, text, look }: KnownError, message: string): string | null => {
  const match = pattern.exec(message);
  if (!match) return null;
  return `${text} ${look}`.replace(/\$(\d)/g, (_whole, group: string) => match[Number(group)] ?? '');
};

/**
 * The known error that the text tells of first, as what follows is often only its consequence; null when none is known.
 * Of several at one place the first in the list counts.
 */
export const firstKnown = (errors: readonly KnownError[], text: string): KnownError | null => {
  let first: KnownError | null = null;
  let firstAt = Infinity;
  for (const error of errors) {
    const at = text.search(error.pattern);
    if (at >= 0 && at < firstAt) [first, firstAt] = [error, at];
  }
  return first;
};
