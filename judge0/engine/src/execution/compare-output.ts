const NEWLINE = 0x0a;

/** Ruby's rstrip takes white space and NUL. */
function isStripped(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x00 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

function* strippedLines(text: Buffer): Generator<Buffer> {
  let end = text.length;
  while (end > 0 && isStripped(text[end - 1])) end--;
  for (let start = 0; start <= end;) {
    const found = text.indexOf(NEWLINE, start);
    const lineEnd = found === -1 || found > end ? end : found;
    let last = lineEnd;
    while (last > start && isStripped(text[last - 1])) last--;
    yield text.subarray(start, last);
    start = lineEnd + 1;
  }
}

/**
 * Judge0's comparison: bytes, line by line, without what trails each line and the whole text.
 * No output at all (null) equals no expectation of text, not even the empty one.
 */
export function outputMatches(expected: Buffer | null, actual: Buffer | null): boolean {
  if (expected === null) return true;
  if (actual === null) return false;
  const expectedLines = strippedLines(expected);
  for (const line of strippedLines(actual)) {
    const wanted = expectedLines.next();
    if (wanted.done || !wanted.value.equals(line)) return false;
  }
  return expectedLines.next().done === true;
}
