import { profilesOf } from '../../setup/needed.js';
import { ok, skipped, warning, type Check } from '../check.js';

const defaultMemory = '3g';
/** The engine itself with its files in memory, and what one program of a learner commonly takes, in MB. */
const restMb = 1536;
const slotMb = 256;

const megabytes = (size: string): number => Number.parseInt(size, 10) * (size.endsWith('g') ? 1024 : 1);

export const engineMemory: Check = {
  id: 'engine-memory',
  title: 'Memory of the judge',
  section: 'settings',
  run: async ({ settings, machine }) => {
    const values = (await settings()) ?? {};
    if (!profilesOf(values).includes('judge0-engine')) return skipped('our engine does not run here');
    const { stdout } = await machine.run('nproc', [], { timeoutMs: 3000 });
    const slots = Number(values['SLOTS'] || stdout.trim());
    if (!Number.isInteger(slots) || slots < 1) return skipped('the number of processors cannot be seen');
    const memory = values['ENGINE_MEMORY'] || defaultMemory;
    const needed = restMb + slots * slotMb;
    const detail = `${slots} programs at a time in ${memory}`;
    return megabytes(memory) >= needed
      ? ok(detail)
      : warning(
          `${detail}: when all of them are large, some are killed`,
          `Set ENGINE_MEMORY=${Math.ceil(needed / 1024)}g in .env, or fewer SLOTS; then: make up`,
        );
  },
};
