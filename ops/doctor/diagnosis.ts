import { z } from 'zod';

const piece = z.object({
  name: z.string(),
  status: z.enum(['healthy', 'unhealthy']),
  reason: z.string().nullable(),
});

const counts = z.object({ waiting: z.number(), oldestSeconds: z.number() });

/** What `node dist/diagnosis.js` of the api's image writes; null for what could not be looked at. */
export const diagnosisSchema = z.object({
  version: z.string(),
  checks: z.record(
    z.string(),
    z.object({
      status: z.enum(['healthy', 'unhealthy', 'disabled']),
      reason: z.string().nullable(),
      /** Of a judge with several addresses: each of them. */
      pieces: z.array(piece).default([]),
    }),
  ),
  missingMigrations: z.array(z.string()).nullable(),
  submissions: counts.nullable(),
  mails: counts.extend({ failed: z.number() }).nullable(),
  /** A program that prints, in each language of the judge; ok is null where there is no such program. */
  languages: z
    .array(
      z.object({
        id: z.number(),
        name: z.string(),
        ok: z.boolean().nullable(),
        reason: z.string().nullable(),
      }),
    )
    .nullable(),
  /** Decisions of the rate limits since the api started, and during this look. */
  rateLimits: z.object({ allowed: z.number(), refused: z.number(), refusedNow: z.number() }).nullable(),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
