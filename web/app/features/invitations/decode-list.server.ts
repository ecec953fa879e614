export interface DecodedList {
  text: string;
  /** True when the file was not Unicode: its accents are as good as a guess can be. */
  guessed: boolean;
}

const decoder = (encoding: string, fatal = false) => new TextDecoder(encoding, { fatal });

/** The encoding that a byte order mark names, or that the zero bytes of Latin letters in UTF-16 give away. */
const wideEncoding = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 200);
  const zeros = [0, 1].map((parity) => start.filter((byte, at) => byte === 0 && at % 2 === parity).length);
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) * 4 < start.length) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
};

const decodeUtf8 = (bytes: Uint8Array): string | null => {
  try {
    return decoder('utf-8', true).decode(bytes);
  } catch {
    return null;
  }
};

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

/** What a name, a role or a course may hold of the upper half of windows-1252; all else is another encoding's letter. */
const plausible = /^[\p{L}\p{ASCII}\u00a0‘’“”–—«»´ªº·€]*$/u;

// What windows-1252 has from 0x80 to 0x9F, where Node's decoder answers latin1; five are not defined.
const middle = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

const decodeWestern = (line: Uint8Array): string => {
  const text = Buffer.from(line)
    .toString('latin1')
    .replaceAll(/[\u0080-\u009f]/g, (control) => middle[control.charCodeAt(0) - 0x80] ?? '\ufffd');
  return plausible.test(text) ? text : text.replaceAll(/\P{ASCII}/gu, '\ufffd');
};

const linesOf = (bytes: Uint8Array): Uint8Array[] => {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, at + 1));
    start = at + 1;
  }
  return [...lines, bytes.subarray(start)];
};

/**
 * The text of a list as spreadsheets save it: UTF-8, UTF-16 or, of older ones, windows-1252. A line that is none of them
 * has U+FFFD in the place of what cannot be read, so that no name is taken over wrong.
 */
export const decodeList = (bytes: Uint8Array): DecodedList => {
  const wide = wideEncoding(bytes);
  if (wide) return { text: decoder(wide).decode(bytes), guessed: false };
  const whole = decodeUtf8(bytes);
  if (whole !== null) return { text: whole, guessed: false };
  const lines = linesOf(bytes);
  // Some lines are good UTF-8 with accents: then it is what the file is, and the others are damaged.
  if (lines.some((line) => !isAscii(line) && decodeUtf8(line) !== null)) {
    return { text: decoder('utf-8').decode(bytes), guessed: false };
  }
  return { text: lines.map(decodeWestern).join(''), guessed: true };
};
