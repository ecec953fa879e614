import { z } from 'zod';

const check = z.object({
  status: z.enum(['healthy', 'unhealthy', 'disabled']),
  latencyMs: z.number().int().nullable(),
});

export const health = z
  .object({
    status: z.enum(['healthy', 'degraded']),
    timestamp: z.iso.datetime(),
    uptimeSeconds: z.number().int(),
    version: z.string(),
    checks: z.object({ database: check, judge0: check }),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof health>;

export const readiness = z
  .object({ ready: z.boolean(), reason: z.string().nullable() })
  .meta({ id: 'Readiness' });
