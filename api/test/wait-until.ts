import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves as soon as something holds; throws when it does not within a minute, or as long as is said. */
export const waitUntil = async (
  holds: () => boolean | Promise<boolean>,
  { patienceMs = 60_000, everyMs = 10 } = {},
): Promise<void> => {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it did not come to hold within ${patienceMs / 1000} s`);
    await sleep(everyMs);
  }
};
