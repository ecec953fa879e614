import { z } from 'zod';
import { httpUrl, required } from './lib/setting-types.js';
import type { Setting } from './lib/settings.js';

/** Where Redis is: its address, or what Upstash shows. */
export const redisSettings = {
  REDIS_URL: {
    schema: z
      .string()
      .refine((text) => /^rediss?:\/\/\S+$/.test(text) && URL.canParse(text), {
        error: 'is not a redis:// or rediss:// address',
      })
      .meta({ title: 'redis:// or rediss:// address' })
      .optional(),
    group: 'redis',
    secret: true,
    about: 'Address of Redis, with its password.',
    offWithout: 'Limits and cache that all processes share: each process has its own.',
  },
  UPSTASH_REDIS_REST_URL: {
    schema: httpUrl
      .refine((url) => url.startsWith('https://'), { error: 'is not a https:// address' })
      .optional(),
    group: 'redis',
    about: 'Address of an Upstash database as its page shows it; used where REDIS_URL is not set.',
  },
  UPSTASH_REDIS_REST_TOKEN: {
    schema: required('the token of the Upstash database, or leave it out').optional(),
    group: 'redis',
    secret: true,
    about: 'Belongs to UPSTASH_REDIS_REST_URL; the rediss:// address is made of both.',
  },
} as const satisfies Record<string, Setting>;
