import type { JudgeClient } from './client.js';

const freshMs = 60_000;

/** Which languages the judge has, by id with the name that the judge gives; asked for at most once a minute. */
export const createLanguageCatalog = (judge: JudgeClient | null, now: () => number = Date.now) => {
  let known: Map<number, string> | null = null;
  let askedAt = -Infinity;
  let asking: Promise<void> | null = null;

  const ask = async (client: JudgeClient): Promise<void> => {
    askedAt = now();
    try {
      known = new Map((await client.languages()).map(({ id, name }) => [id, name]));
    } catch {
      // The list as it was stays; without one, every language is taken for available until the judge answers.
      askedAt = known ? askedAt : now() - freshMs + 5000;
    } finally {
      asking = null;
    }
  };

  return {
    enabled: judge !== null,
    /** Null when it is not known. */
    installed: async (): Promise<ReadonlyMap<number, string> | null> => {
      if (!judge) return null;
      if (now() - askedAt >= freshMs) asking ??= ask(judge);
      // Only the first asker ever waits; later ones get the last list while a new one is fetched.
      if (asking && !known) await asking;
      return known;
    },
  };
};

export type LanguageCatalog = ReturnType<typeof createLanguageCatalog>;
