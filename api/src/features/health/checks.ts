import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckDetails, CheckStatus, Piece } from './schema.js';

/**
 * Looks at one part: resolves when it is well, rejects with the reason; null for a part that is switched off. A part
 * made of several, as a judge of many engines, resolves with how each is, also when some are away.
 */
export type Probe = (() => Promise<Piece[] | void>) | null;

/** Thrown by a probe that finds out that its part is switched off. */
export class DisabledError extends Error {}

export type Look = Required<Omit<CheckDetails, 'pieces'>> & { status: CheckStatus; pieces?: Piece[] };

// Shorter than whoever asks is likely to wait.
const probeMs = 3000;

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  const settled = new AbortController();
  const late = sleep(ms, undefined, { signal: settled.signal }).then((): never => {
    throw new Error(`no answer in ${ms} ms`);
  });
  return Promise.race([work, late]).finally(() => settled.abort());
};

const textOf = (error: unknown): string => {
  const { message, cause } = error as { message?: unknown; cause?: unknown };
  const inner = (cause as { message?: unknown } | undefined)?.message;
  return [message, inner].filter((part) => typeof part === 'string' && part !== '').join(' ') || 'unknown';
};

/** Looks at a part within 3 s or limitMs. Remembers since when it is as it is. Never rejects. */
export const createCheck = (probe: Probe, limitMs = probeMs): (() => Promise<Look>) => {
  let last: Look | undefined;

  const look = async (): Promise<Omit<Look, 'since'>> => {
    if (!probe) return { status: 'disabled', latencyMs: null, reason: null };
    const start = performance.now();
    const elapsed = (): number => Math.round(performance.now() - start);
    try {
      const pieces = await within(limitMs, probe());
      return { status: 'healthy', latencyMs: elapsed(), reason: null, ...(pieces ? { pieces } : {}) };
    } catch (error) {
      if (error instanceof DisabledError) return { status: 'disabled', latencyMs: null, reason: null };
      return { status: 'unhealthy', latencyMs: elapsed(), reason: textOf(error) };
    }
  };

  return async () => {
    const found = await look();
    const since = last?.status === found.status ? last.since : new Date().toISOString();
    last = { ...found, since };
    return last;
  };
};
