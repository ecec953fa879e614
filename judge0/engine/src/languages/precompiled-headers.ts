import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ReadOnlyBind } from '../sandbox/types.js';
import type { Language } from './language.js';

/** The whole C++ standard library: takes seconds, and many learners' programs begin with it. */
export const STANDARD_LIBRARY = 'bits/stdc++.h';

const COMPILER = '/usr/bin/g++';
const LOWEST_PRIORITY = 19;
const IN_BOX = '/judge-headers';

/** Options of the variants; gcc takes the one that fits the caller's and none when none does. */
const VARIANTS = [[], ['-O2']];

/** Headers that were compiled once, for every compile that starts with them. */
export interface PrecompiledHeaders {
  /** What a compile of this language needs to find them; nothing until they are ready. */
  for: (language: Language) => { binds: ReadOnlyBind[]; env: Record<string, string> };
  /** Resolves when the headers are ready or given up. */
  ready: Promise<void>;
  stop: () => void;
}

const NOTHING = { binds: [], env: {} };

/** No precompiled headers at all. */
export const NO_HEADERS: PrecompiledHeaders = {
  for: () => NOTHING,
  ready: Promise.resolve(),
  stop: () => undefined,
};

/**
 * Compiles a header in the background, at the lowest priority, into `folder`, where the next start finds it.
 */
export function precompileHeaders(folder: string, header: string, log: Logger): PrecompiledHeaders {
  if (!existsSync(COMPILER)) return NO_HEADERS;
  const place = join(folder, stampOf(COMPILER, header));
  let isReady = existsSync(place);
  let child: ChildProcess | null = null;
  let stopped = false;

  const build = async () => {
    if (isReady) return;
    removeOthers(folder);
    const draft = join(folder, `draft-${process.pid}`);
    const target = join(draft, `${header}.gch`);
    mkdirSync(target, { recursive: true });
    const source = join(draft, 'source.h');
    writeFileSync(source, `#include <${header}>\n`);
    try {
      for (const [index, options] of VARIANTS.entries()) {
        if (stopped) return;
        const args = [...options, '-x', 'c++-header', source, '-o', join(target, `${index}.gch`)];
        child = spawn(COMPILER, args, {
          stdio: 'ignore',
          env: { PATH: '/usr/bin:/bin' },
        });
        await finishedWell(child);
      }
      if (stopped) return;
      renameSync(draft, place);
      isReady = true;
    } catch (error) {
      log.info({ reason: (error as Error).message }, 'headers are not precompiled');
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  };

  return {
    for: ({ spec }) =>
      isReady && spec.id === 54
        ? { binds: [{ hostPath: place, boxPath: IN_BOX }], env: { CPLUS_INCLUDE_PATH: IN_BOX } }
        : NOTHING,
    ready: build(),
    stop: () => {
      stopped = true;
      child?.kill('SIGKILL');
    },
  };
}

function finishedWell(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the compiler ended with ${code}`)),
    );
    if (child.pid) setPriority(child.pid, LOWEST_PRIORITY);
  });
}

/** A compiler that was upgraded needs new headers, and the old ones are large. */
function removeOthers(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}

function stampOf(path: string, header: string): string {
  const real = realpathSync(path);
  const { size, mtimeMs } = statSync(real);
  return createHash('sha256')
    .update(`${real}:${size}:${mtimeMs}:${header}:${JSON.stringify(VARIANTS)}`)
    .digest('hex')
    .slice(0, 16);
}
