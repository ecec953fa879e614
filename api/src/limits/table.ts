import type { LimitClass } from '../http/endpoint.js';

export type LimitedClass = Exclude<LimitClass, 'none'>;

/**
 * How many requests are let through. A sliding window: never more than `limit` in any `windowMs`. A token bucket: as
 * many on average, and up to `burst` at once after a pause.
 */
export type Rate = { limit: number; windowMs: number } & (
  { algorithm: 'sliding_window' } | { algorithm: 'token_bucket'; burst: number }
);

export type LimitRow = Rate & {
  /** What is counted together; somebody who is signed in is always told by their id. */
  identifier: 'ip_email' | 'user' | 'user_or_ip';
  /** While Redis is away: counted by each process for itself, or let through uncounted. */
  whenRedisIsAway: 'memory' | 'pass';
  /** What there were too many of, for the answer. */
  what: string;
};

const second = 1000;
const minute = 60 * second;

/** The table of rate limits: what holds unless a setting or an administrator says otherwise. */
export const limitTable: Readonly<Record<LimitedClass, LimitRow>> = {
  auth: {
    limit: 5,
    windowMs: minute,
    algorithm: 'sliding_window',
    identifier: 'ip_email',
    whenRedisIsAway: 'memory',
    what: 'attempts to sign in',
  },
  password_reset: {
    limit: 3,
    windowMs: 5 * minute,
    algorithm: 'sliding_window',
    identifier: 'ip_email',
    whenRedisIsAway: 'memory',
    what: 'attempts to set a new password',
  },
  read: {
    limit: 60,
    windowMs: minute,
    algorithm: 'sliding_window',
    identifier: 'user_or_ip',
    whenRedisIsAway: 'pass',
    what: 'requests',
  },
  public_read: {
    limit: 600,
    windowMs: minute,
    algorithm: 'sliding_window',
    identifier: 'user_or_ip',
    whenRedisIsAway: 'pass',
    what: 'requests',
  },
  write: {
    limit: 20,
    windowMs: minute,
    algorithm: 'sliding_window',
    identifier: 'user',
    whenRedisIsAway: 'pass',
    what: 'changes',
  },
  upload: {
    limit: 5,
    windowMs: 5 * minute,
    algorithm: 'sliding_window',
    identifier: 'user',
    whenRedisIsAway: 'pass',
    what: 'uploads',
  },
  execution: {
    limit: 10,
    windowMs: minute,
    algorithm: 'sliding_window',
    identifier: 'user',
    whenRedisIsAway: 'memory',
    what: 'runs',
  },
  admin: {
    limit: 100,
    windowMs: minute,
    algorithm: 'sliding_window',
    identifier: 'user',
    whenRedisIsAway: 'pass',
    what: 'requests',
  },
};

/** The classes in the order of the table. */
export const limitedClasses = Object.keys(limitTable) as LimitedClass[];

export const isLimitedClass = (name: string): name is LimitedClass => name in limitTable;

/** The largest number of requests that can be counted at once: the quota, or the burst of a bucket. */
export const capacityOf = (rate: Rate): number =>
  rate.algorithm === 'token_bucket' ? rate.burst : rate.limit;
