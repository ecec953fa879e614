import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { RedisConnection } from '../lib/redis.js';
import { keyPrefix } from './limiter.js';
import type { LimitRules } from './rules.js';

/**
 * So many times the limit of `auth` may fail, in offenceWindowSeconds: one address, whatever the e-mails; one account,
 * from whatever addresses; and one known device, which then is an unknown one.
 */
export const offencesPerAuthLimit = { address: 60, account: 4, device: 4 };
type OffenderKind = keyof typeof offencesPerAuthLimit;
export const offenceWindowSeconds = 600;
const blockedPoints = 1_000_000;
const prefix = `${keyPrefix}offender`;

export interface Offender {
  identity: string;
  used: number;
  capacity: number;
  blockedMs: number;
}

const kindOf = (identity: string): OffenderKind => identity.split(':', 1)[0] as OffenderKind;

/**
 * Addresses from which, and accounts at which, sign-ins fail again and again. The limits of `auth` count an address with
 * an e-mail, so that a class behind one address can sign in together; whoever tries one password with many e-mails, or
 * one e-mail from many addresses, is found here. Identities are `address:`, `account:` or `device:` and a hash. Fixed
 * windows of rate-limiter-flexible, in Redis and, while it is away, in this process.
 */
export const createOffenders = (redis: RedisConnection | null, rules: Pick<LimitRules, 'effective'>) => {
  const window = { points: blockedPoints, duration: offenceWindowSeconds, keyPrefix: prefix };
  const memory = new RateLimiterMemory(window);
  const limiter = redis
    ? new RateLimiterRedis({
        ...window,
        storeClient: redis.client,
        insuranceLimiter: memory,
        rejectIfRedisNotReady: true,
      })
    : memory;
  // The library cannot list what it counts in memory.
  const seen = new LRUCache<string, true>({ max: 1000, ttl: offenceWindowSeconds * 1000 });

  const capacityOf = (identity: string): number =>
    Math.min(rules.effective('auth').rate.limit * offencesPerAuthLimit[kindOf(identity)], blockedPoints);

  const stateOf = async (identity: string): Promise<Offender | null> => {
    const counted = await limiter.get(identity);
    if (!counted) return null;
    const capacity = capacityOf(identity);
    const used = Math.min(counted.consumedPoints, capacity);
    return { identity, used, capacity, blockedMs: used >= capacity ? counted.msBeforeNext : 0 };
  };

  const listed = async (): Promise<string[]> => {
    if (!redis?.isReady()) return [...seen.keys()];
    const found: string[] = [];
    for await (const keys of redis.client.scanStream({ match: `${prefix}:*`, count: 1000 })) {
      found.push(...(keys as string[]).map((key) => key.slice(prefix.length + 1)));
    }
    return [...new Set(found)];
  };

  return {
    /** How long this one is still kept from trying, in ms; 0 when it may. */
    blockedMs: async (identity: string): Promise<number> => (await stateOf(identity))?.blockedMs ?? 0,
    /** Notes a failed attempt; the last one that is allowed starts a block of a whole window. */
    note: async (identity: string): Promise<void> => {
      seen.set(identity, true);
      const { consumedPoints } = await limiter.penalty(identity);
      if (consumedPoints === capacityOf(identity)) await limiter.block(identity, offenceWindowSeconds);
    },
    list: async (): Promise<Offender[]> => {
      const offenders = await Promise.all((await listed()).map(stateOf));
      return offenders.filter((offender) => offender !== null);
    },
    forget: async (identity: string): Promise<void> => {
      seen.delete(identity);
      await memory.delete(identity);
      if (redis?.isReady()) await limiter.delete(identity);
    },
  };
};

export type Offenders = ReturnType<typeof createOffenders>;
