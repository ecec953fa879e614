/**
 * The passwords that somebody may have meant, the likeliest first: in the normal form in which new ones are kept (NFC),
 * as typed (an account may be older than that rule), and without the white space that a copy brings along at its ends.
 */
export const passwordsMeant = (typed: string): string[] => {
  const normal = typed.normalize('NFC');
  const trimmed = normal.trim();
  return [...new Set([normal, typed, trimmed === '' ? normal : trimmed])];
};
