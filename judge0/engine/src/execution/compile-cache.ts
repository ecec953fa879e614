import { createHash } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a compile leaves: its messages and, when it succeeded, the file for the runs. */
export interface Compiled {
  succeeded: boolean;
  output: Buffer;
  /** Engine-owned file outside every box, or null when the compile failed. */
  artefactPath: string | null;
  /** False for outcomes of the moment (time ran out, machine failed): the next caller compiles again. */
  cacheable: boolean;
}

interface Entry {
  key: string;
  compiled: Promise<Compiled>;
  bytes: number;
  users: number;
  evicted: boolean;
}

/** Compiles each (language, source, options) once, however many ask at once, within a bound of bytes. */
export interface CompileCache {
  /**
   * Gives `use` the compiled program, from the cache or by `compile`, which must write to the path it is given.
   * The artefact exists until `use` ends.
   */
  with: <T>(
    key: string,
    compile: (path: string) => Promise<Compiled>,
    use: (compiled: Compiled) => Promise<T>,
  ) => Promise<T>;
  stats: () => { hits: number; misses: number; entries: number; bytes: number };
}

/** Key of a compile: equal only when everything that decides the outcome is equal. */
export function compileKey(parts: (string | number | Buffer | null)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    // Lengths keep ("ab","c") and ("a","bc") apart.
    hash.update(`${part === null ? 'null' : bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}

/** A cache that keeps its files in `folder`, least recently used out first. */
export function createCompileCache(folder: string, maxBytes: number): CompileCache {
  const entries = new Map<string, Entry>();
  const counts = { hits: 0, misses: 0 };
  let total = 0;
  let fileNumber = 0;

  const discard = (entry: Entry) => {
    if (entries.get(entry.key) === entry) {
      entries.delete(entry.key);
      total -= entry.bytes;
    }
    entry.evicted = true;
    if (entry.users === 0) void removeArtefact(entry);
  };
  const shrink = () => {
    for (const entry of entries.values()) {
      if (total <= maxBytes) return;
      if (entry.bytes > 0) discard(entry);
    }
  };
  const begin = (key: string, compile: (path: string) => Promise<Compiled>): Entry => {
    const compiled = compile(join(folder, String(fileNumber++)));
    const entry: Entry = { key, compiled, bytes: 0, users: 0, evicted: false };
    entries.set(key, entry);
    compiled.then(
      (result) => {
        entry.bytes = sizeOf(result);
        total += entry.bytes;
        if (!result.cacheable) discard(entry);
        shrink();
      },
      () => discard(entry),
    );
    return entry;
  };

  return {
    stats: () => ({ ...counts, entries: entries.size, bytes: total }),
    with: async (key, compile, use) => {
      const known = entries.get(key);
      counts[known ? 'hits' : 'misses']++;
      const entry = known ?? begin(key, compile);
      if (known) {
        entries.delete(key);
        entries.set(key, known);
      }
      entry.users++;
      try {
        return await use(await entry.compiled);
      } finally {
        entry.users--;
        if (entry.evicted && entry.users === 0) void removeArtefact(entry);
      }
    },
  };
}

/** Bytes that an entry holds; the constant is its share of bookkeeping, so that failures are bounded too. */
function sizeOf(compiled: Compiled): number {
  const file = compiled.artefactPath ? statSync(compiled.artefactPath).size : 0;
  return 1024 + file + compiled.output.length;
}

async function removeArtefact(entry: Entry): Promise<void> {
  const path = await entry.compiled.then(
    (compiled) => compiled.artefactPath,
    () => null,
  );
  if (path) rmSync(path, { force: true });
}
