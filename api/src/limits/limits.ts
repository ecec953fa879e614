import type { Logger } from '../lib/logger.js';
import type { Metrics } from '../lib/metrics.js';
import type { RedisConnection } from '../lib/redis.js';
import { createDevices } from './devices.js';
import { createHashIdentity } from './identity.js';
import { createLimiter } from './limiter.js';
import { createOffenders } from './offenders.js';
import { createLimitRules, type RateSettings, type StoredRules } from './rules.js';

/** So long until every process knows what an administrator changed through another one. */
export const rulesIntervalMs = 3000;

/** All that decides whether a request is let through. `rules` must be started to follow what administrators change. */
export const createLimits = (options: {
  redis: RedisConnection | null;
  /** RATE_LIMIT_<CLASS>. */
  settings: RateSettings;
  /** A secret that all processes of the installation have. */
  salt: string;
  loadRules: () => Promise<StoredRules>;
  rulesIntervalMs?: number;
  logger: Logger;
  metrics: Metrics;
}) => {
  const { redis, logger, metrics } = options;
  const rules = createLimitRules({
    settings: options.settings,
    load: options.loadRules,
    intervalMs: options.rulesIntervalMs ?? rulesIntervalMs,
    onError: (error) => logger.debug({ err: error }, 'the rules of rate limits could not be read'),
  });
  return {
    rules,
    limiter: createLimiter({ redis, rules, metrics, logger }),
    offenders: createOffenders(redis, rules),
    devices: createDevices(options.salt),
    hash: createHashIdentity(options.salt),
    metrics,
  };
};

export type Limits = ReturnType<typeof createLimits>;
