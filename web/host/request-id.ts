import { randomUUID } from 'node:crypto';

/** The id that a proxy gave this request when it looks like one, else a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(header) ? header : randomUUID();
}
