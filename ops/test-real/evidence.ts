import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** What a start of the whole stack with its official images showed: a file of ops/evidence, written by make test-real. */
export const evidenceSchema = z.object({
  /** Day of the start, as 2026-12-01. */
  date: z.iso.date(),
  commit: z.string(),
  /** SHA-256 of docker-compose.yml. */
  composeFile: z.string().regex(/^[0-9a-f]{64}$/),
  machine: z.object({ system: z.string(), kernel: z.string(), docker: z.string(), compose: z.string() }),
  profiles: z.array(z.string()),
  /** By name; the digest is the registry's, or for what was built here the image's id. */
  images: z.array(z.object({ name: z.string(), digest: z.string() })),
  services: z.array(z.object({ name: z.string(), state: z.string() })),
  tests: z.object({ passed: z.number(), failed: z.number() }),
  /** Null when everything went well. */
  failure: z.string().nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** By which a compose file is known again. */
export const composeHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The latest of these texts of files that went well; null when none did. */
export const latestSuccess = (texts: readonly string[]): Evidence | null =>
  texts
    .map((text) => evidenceSchema.parse(JSON.parse(text)))
    .filter(({ failure, tests }) => failure === null && tests.failed === 0 && tests.passed > 0)
    .sort((a, b) => a.date.localeCompare(b.date))
    .at(-1) ?? null;

/** Texts of the files of a folder of evidence. */
export const readEvidence = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    : [];

/** What is known of this compose file, in a sentence; `current` when it is the one that was started. */
export const whatIsKnown = (
  evidence: Evidence | null,
  composeText: string,
): { current: boolean; sentence: string } => {
  if (!evidence) {
    return {
      current: false,
      sentence: 'It has not yet been started with the official images; `make test-real` does that.',
    };
  }
  const { date, machine, tests } = evidence;
  const place = `${date}, on ${machine.system} with Docker ${machine.docker}`;
  return evidence.composeFile === composeHash(composeText)
    ? {
        current: true,
        sentence: `Started with the official images on ${place}: ${tests.passed} tests passed.`,
      }
    : {
        current: false,
        sentence: `It has changed since it was last started with the official images (${place}); \`make test-real\` does that.`,
      };
};
