/**
 * A text as Postgres and UTF-8 can hold it: without NUL characters, which Postgres refuses, and with the replacement
 * character for halves of surrogate pairs. Done to every string of every request, so that no route can forget it.
 */
export const storableText = (text: string): string =>
  text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD');

const storable = (value: unknown): unknown =>
  typeof value === 'string' ? storableText(value) : Array.isArray(value) ? value.map(storable) : value;

/** Path parameters or a parsed query with storable texts. */
export const storableMembers = (members: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members ?? {}).map(([name, value]) => [name, storable(value)]));

/** For JSON.parse: storable texts, at whatever depth. */
export const storableReviver = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? storableText(value) : value;
