import type { JudgeClient } from './client.js';

const freshMs = 60_000;
const retryMs = 5000;

/** Which languages the judge has, by id with the name that the judge gives; asked for at most once a minute. */
export const createLanguageCatalog = (
  judge: Pick<JudgeClient, 'languages'> | null,
  now: () => number = Date.now,
) => {
  let known: Map<number, string> | null = null;
  let answered = false;
  let dueAt = -Infinity;
  let asking: Promise<void> | null = null;

  const ask = async (client: Pick<JudgeClient, 'languages'>): Promise<void> => {
    dueAt = now() + freshMs;
    try {
      known = new Map((await client.languages()).map(({ id, name }) => [id, name]));
    } catch {
      // The list as it was stays; without one, every language is taken for available until the judge answers.
      if (!known) dueAt = now() + retryMs;
    } finally {
      answered = true;
      asking = null;
    }
  };

  return {
    enabled: judge !== null,
    /** Null when it is not known. */
    installed: async (): Promise<ReadonlyMap<number, string> | null> => {
      if (!judge) return null;
      if (now() >= dueAt) asking ??= ask(judge);
      // Only the first question is ever waited for: a judge that hangs must not hold up every page.
      if (asking && !answered) await asking;
      return known;
    },
  };
};

export type LanguageCatalog = ReturnType<typeof createLanguageCatalog>;
