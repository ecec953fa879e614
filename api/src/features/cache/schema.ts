import { z } from 'zod';

/** The kinds of what is cached. A test compares them with those of the cache itself. */
export const cacheFamilies = [
  'profile',
  'access',
  'progress',
  'recent',
  'outline',
  'lesson',
  'problem',
] as const;
export type CacheFamily = (typeof cacheFamilies)[number];

const counts = {
  entries: z.number().int(),
  bytes: z.number().int().meta({ description: 'Of the values, as far as they can be measured.' }),
  hits: z.number().int(),
  misses: z.number().int(),
  hitRate: z
    .number()
    .nullable()
    .meta({ description: 'From 0 to 1; null when nothing was looked up. Lookups of this api process only.' }),
};

export const cacheReport = z
  .object({
    mode: z
      .enum(['redis', 'memory'])
      .meta({ description: 'memory: each api process has a cache of its own.' }),
    available: z.boolean().meta({ description: 'False while Redis is away: everything is loaded directly.' }),
    startedAt: z.iso.datetime().meta({ description: 'Since when this process counts lookups.' }),
    total: z.object(counts),
    memory: z
      .object({ usedBytes: z.number().int().nullable(), maxBytes: z.number().int().nullable() })
      .nullable()
      .meta({ description: 'Of all of Redis, or of this process; null maxBytes: no bound is set.' }),
    families: z.array(z.object({ family: z.enum(cacheFamilies), ...counts })),
  })
  .meta({ id: 'CacheReport' });
export type CacheReport = z.infer<typeof cacheReport>;

const ofFamily = new RegExp(`^(${cacheFamilies.join('|')}):`);

export const cacheInvalidateRequest = z
  .object({
    pattern: z
      .string({ error: 'Enter a pattern.' })
      .trim()
      .min(1, { error: 'Enter a pattern.', abort: true })
      .max(200, { error: 'Use at most 200 characters.', abort: true })
      .regex(/^[A-Za-z0-9_.:%*-]+$/, {
        error: 'Use letters, digits, and : - * only; * stands for any text.',
        abort: true,
      })
      .regex(ofFamily, {
        error: `Begin with a kind and a colon, as in problem:*. The kinds are ${cacheFamilies.join(', ')}.`,
      }),
  })
  .meta({ id: 'CacheInvalidateRequest' });

export const cacheInvalidated = z
  .object({ removed: z.number().int().meta({ description: 'How many entries there were.' }) })
  .meta({ id: 'CacheInvalidated' });
export const cacheFlushed = cacheInvalidated
  .extend({ message: z.literal('Cache flushed') })
  .meta({ id: 'CacheFlushed' });
export type CacheInvalidated = z.infer<typeof cacheInvalidated>;
