import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves as soon as something holds; throws when it does not within 10 s. */
export const waitUntil = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come to hold within 10 s');
    await sleep(10);
  }
};
