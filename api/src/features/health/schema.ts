import { z } from 'zod';

export const checkNames = ['database', 'redis', 'judge0', 'mail', 'storage'] as const;
export type CheckName = (typeof checkNames)[number];

export const piece = z
  .object({
    name: z.string().meta({ description: 'Its address, as the settings name it.' }),
    status: z.enum(['healthy', 'unhealthy']),
    reason: z.string().nullable(),
  })
  .meta({ id: 'HealthPiece' });
export type Piece = z.infer<typeof piece>;

export const checkStatus = z
  .enum(['healthy', 'unhealthy', 'disabled'])
  .meta({ description: 'disabled: not configured, and what needs it is switched off.' });
export type CheckStatus = z.infer<typeof checkStatus>;

const ofEachCheck = <S extends z.ZodType>(schema: S) =>
  z.object({ database: schema, redis: schema, judge0: schema, mail: schema, storage: schema });

export const checkDetails = z
  .object({
    latencyMs: z.number().int().nullable(),
    reason: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'Why it is unhealthy; told to administrators only.' }),
    since: z.iso
      .datetime()
      .optional()
      .meta({ description: 'When this process saw it change; told to administrators only.' }),
    pieces: z.array(piece).optional().meta({
      description: 'Each engine, where the judge is more than one; told to administrators only.',
    }),
  })
  .meta({ id: 'HealthCheckDetails' });
export type CheckDetails = z.infer<typeof checkDetails>;

export const health = z
  .object({
    status: z.enum(['healthy', 'degraded']),
    timestamp: z.iso.datetime(),
    uptime: z.number().int().meta({ description: 'Seconds since this process started.' }),
    checks: ofEachCheck(checkStatus),
    details: ofEachCheck(checkDetails).extend({ version: z.string() }),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof health>;

export const readiness = z
  .object({
    ready: z.boolean(),
    timestamp: z.iso.datetime(),
    reason: z.string().nullable(),
    warning: z
      .string()
      .nullable()
      .meta({ description: 'What is odd though this process can serve, as a database of a newer release.' }),
  })
  .meta({ id: 'Readiness' });
