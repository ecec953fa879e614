/** Values of a request as they came: of JSON any type, of a form or the query strings. */
export type Parameters = Record<string, unknown>;

/** Rails' cast to text: null stays null, everything else is written out. */
export function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const FALSE_WORDS = new Set(['false', 'FALSE', 'f', 'F', '0', 'off', 'OFF']);

/** Rails' cast to boolean: a few words are false, an empty text is no value, the rest is true. */
export function toBoolean(value: unknown, fallback: boolean): boolean {
  if (value === null || value === undefined || value === '') return fallback;
  return !(value === false || value === 0 || (typeof value === 'string' && FALSE_WORDS.has(value)));
}

/** Rails' cast to integer: leading digits count, "abc" is 0, no value is null. */
export function toInteger(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const parsed = typeof value === 'number' ? Math.trunc(value) : Number.parseInt(toText(value) ?? '', 10);
  return Number.isFinite(parsed) ? parsed : 0;
}

/** The number that a numericality check sees; NaN when it is none. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return Number.NaN;
  return /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/.test(value) ? Number(value) : Number.NaN;
}
