import { z } from 'zod';
import type { LimitedClass } from '../../limits/table.js';

export const limitClass = z
  .enum([
    'auth',
    'password_reset',
    'read',
    'public_read',
    'write',
    'upload',
    'execution',
    'admin',
  ] as const satisfies LimitedClass[])
  .meta({ id: 'LimitClass' });

const maxRequests = 100_000;
const requests = (what: string) =>
  z
    .int({ error: `${what} is a whole number.` })
    .min(1, { error: `${what} is at least 1.` })
    .max(maxRequests, { error: `${what} is at most ${maxRequests}.` });

export const limitRate = z
  .object({
    limit: requests('The limit'),
    windowSeconds: z
      .int({ error: 'The window is a whole number of seconds.' })
      .min(1, { error: 'The window is at least 1 second.' })
      .max(86_400, { error: 'The window is at most 86400 seconds, which is a day.' }),
    burst: requests('The burst')
      .nullable()
      .default(null)
      .meta({ description: 'With a burst the class is a token bucket, without (null) a sliding window.' }),
  })
  .meta({ id: 'LimitRate' });
export type LimitRate = z.infer<typeof limitRate>;

export const limitParams = z.object({ class: limitClass });

export const limit = limitRate
  .extend({
    class: limitClass,
    identifier: z.enum(['ip_email', 'user', 'user_or_ip']),
    whenRedisIsAway: z.enum(['memory', 'pass']),
    source: z.enum(['default', 'setting', 'administrator']),
    base: limitRate.meta({
      description: 'What holds without the administrator: the setting or, without one, the default.',
    }),
    changedAt: z.iso.datetime().nullable(),
    changedBy: z.string().nullable().meta({ description: 'The name, of your own school only.' }),
  })
  .meta({ id: 'Limit' });
export type Limit = z.infer<typeof limit>;

export const consumption = z
  .object({
    class: limitClass,
    identity: z.string().meta({ description: 'Opaque; for POST …/reset.' }),
    kind: z.enum(['person', 'address', 'device', 'offender', 'attacked']).meta({
      description:
        'device: a browser that signed in before; offender: failed attempts of one address or device, whatever the e-mail; attacked: failed attempts on one account, from wherever.',
    }),
    name: z.string().nullable().meta({ description: 'The person, of your own school only.' }),
    used: z.number().int(),
    limit: z.number().int(),
    refused: z.boolean().meta({ description: 'The next request would be refused.' }),
    retryAfterSeconds: z.number().int(),
  })
  .meta({ id: 'LimitConsumption' });
export type Consumption = z.infer<typeof consumption>;

export const limitOverview = z
  .object({
    mode: z.enum(['redis', 'process', 'redis_away']).meta({
      description: 'Where requests are counted: for all processes together, or by each for itself.',
    }),
    limits: z.array(limit),
    consumption: z.array(consumption).meta({ description: 'Who used most of a limit; at most 50.' }),
  })
  .meta({ id: 'LimitOverview' });
export type LimitOverview = z.infer<typeof limitOverview>;

export const limitReset = z.object({ identity: z.string().min(1).max(200) }).meta({ id: 'LimitReset' });

export const block = z
  .object({
    id: z.guid(),
    network: z.string().meta({ description: 'In CIDR notation; a single address ends in /32 or /128.' }),
    reason: z.string(),
    expiresAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
    createdBy: z.string().nullable().meta({ description: 'The name, of your own school only.' }),
  })
  .meta({ id: 'Block' });
export type Block = z.infer<typeof block>;

export const blockQuery = z.object({
  q: z.string().trim().max(100).optional().meta({ description: 'Part of the network or the reason.' }),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type BlockQuery = z.infer<typeof blockQuery>;

export const blockPageSize = 50;

export const blockList = z
  .object({ blocks: z.array(block), total: z.number().int(), page: z.number().int() })
  .meta({ id: 'BlockList', description: `Those that hold now, newest first, ${blockPageSize} a page.` });
export type BlockList = z.infer<typeof blockList>;

const maxBlockMinutes = 366 * 24 * 60;

export const blockCreate = z
  .object({
    network: z
      .string({ error: 'Enter an address or a network.' })
      .trim()
      .min(1, { error: 'Enter an address or a network.' })
      .max(60, { error: 'Enter an address as 203.0.113.7 or a network as 203.0.113.0/24.' }),
    reason: z
      .string({ error: 'Say why, for whoever finds this block later.' })
      .trim()
      .min(1, { error: 'Say why, for whoever finds this block later.' })
      .max(500, { error: 'Use at most 500 characters.' }),
    minutes: z
      .int({ error: 'Choose how long.' })
      .min(1, { error: 'Choose at least a minute.' })
      .max(maxBlockMinutes, { error: 'Choose at most a year.' }),
    includingMe: z.boolean().default(false).meta({
      description: 'Needed when the network holds your own address: 409 blocks_yourself without it.',
    }),
  })
  .meta({ id: 'BlockCreate' });
export type BlockCreate = z.infer<typeof blockCreate>;

export const blockParams = z.object({ id: z.guid() });
