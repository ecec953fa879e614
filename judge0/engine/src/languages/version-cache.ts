import { readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';

/** Versions of tools that have not changed since they were asked. */
export interface VersionCache {
  get: (languageId: number, paths: string[], ask: () => Promise<string | null>) => Promise<string | null>;
  save: () => void;
}

/** Reads the file of an earlier start; a missing or damaged one is empty. */
export function openVersionCache(file: string): VersionCache {
  const known = readKnown(file);
  const current: Record<string, string> = {};
  return {
    get: async (languageId, paths, ask) => {
      const key = [languageId, ...paths.map(stampOf)].join(' ');
      const version = known[key] ?? (await ask());
      if (version !== null) current[key] = version;
      return version;
    },
    save: () => {
      const draft = `${file}.${process.pid}`;
      writeFileSync(draft, JSON.stringify(current), { mode: 0o600 });
      renameSync(draft, file);
    },
  };
}

function readKnown(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

/** Path, size and age of the real file: an upgrade changes at least one. */
function stampOf(path: string): string {
  const real = realpathSync(path);
  const { size, mtimeMs } = statSync(real);
  return `${real}:${size}:${mtimeMs}`;
}
