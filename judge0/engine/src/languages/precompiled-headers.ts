import { spawn } from 'node:child_process';
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
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { ReadOnlyBind } from '../sandbox/types.js';
import type { Language } from './language.js';

/**
 * With what most learners' C++ programs begin, the quicker to compile first; only a program's first header can be a
 * precompiled one, so there is nothing to win by more.
 */
export const COMMON_HEADERS = ['iostream', 'bits/stdc++.h'];

const COMPILER = '/usr/bin/g++';
/** Only what nobody else wants of a core, or else the first programs after a start would run slower. */
const WHEN_IDLE = ['/usr/bin/chrt', '--idle', '0'] as const;
const LOWEST_PRIORITY = 19;
const IN_BOX = '/judge-headers';
/** Judge0's name of a C++ program. */
const SOURCE = 'main.cpp';

/** Options of the variants; gcc takes the one that fits the caller's and none when none does. */
const VARIANTS = [[], ['-O2']];

/** Headers that were compiled once, for every compile that starts with one of them. */
export interface PrecompiledHeaders {
  /** What a compile of this language needs to find them; nothing until the first is ready. */
  for: (language: Language) => { binds: ReadOnlyBind[]; env: Record<string, string> };
  /** Resolves when all headers are ready or given up. */
  ready: Promise<void>;
  /** How many are neither ready nor given up. */
  pending: () => number;
  stop: () => void;
}

const NOTHING = { binds: [], env: {} };

/** No precompiled headers at all. */
export const NO_HEADERS: PrecompiledHeaders = {
  for: () => NOTHING,
  ready: Promise.resolve(),
  pending: () => 0,
  stop: () => undefined,
};

/**
 * Compiles headers one after the other in the background, at the lowest priority, into `folder`, where the next start
 * finds them.
 */
export function precompileHeaders(folder: string, headers: string[], log: Logger): PrecompiledHeaders {
  if (!existsSync(COMPILER)) return NO_HEADERS;
  const place = join(folder, stampOf(COMPILER));
  const draft = join(folder, `draft-${process.pid}`);
  const wanted = headers.filter((header) => !existsSync(compiledName(place, header)));
  const abort = new AbortController();
  let pending = wanted.length;
  let anyReady = wanted.length < headers.length;

  const build = async () => {
    removeOthers(folder, place);
    for (const header of wanted) {
      const target = compiledName(place, header);
      try {
        await compileVariants(header, draft, abort.signal);
        mkdirSync(dirname(target), { recursive: true });
        renameSync(compiledName(draft, header), target);
      } catch (error) {
        if (!abort.signal.aborted) log.info({ header, reason: (error as Error).message }, 'not precompiled');
      } finally {
        rmSync(draft, { recursive: true, force: true });
        anyReady ||= existsSync(target);
        pending--;
      }
    }
  };

  return {
    for: ({ spec }) =>
      anyReady && spec.id === 54
        ? { binds: [{ hostPath: place, boxPath: IN_BOX }], env: { CPLUS_INCLUDE_PATH: IN_BOX } }
        : NOTHING,
    ready: build(),
    pending: () => pending,
    stop: () => abort.abort(),
  };
}

/** gcc looks for it beside the header, and tries each file of the folder. */
function compiledName(folder: string, header: string): string {
  return join(folder, `${header}.gch`);
}

async function compileVariants(header: string, folder: string, signal: AbortSignal): Promise<void> {
  const target = compiledName(folder, header);
  mkdirSync(target, { recursive: true });
  // The compiler's messages name the file from which the header was included: the name that it has in a box.
  writeFileSync(join(folder, SOURCE), `#include <${header}>\n`);
  for (const [index, options] of VARIANTS.entries()) {
    signal.throwIfAborted();
    const output = join(target, `${index}.gch`);
    await compile([...options, '-x', 'c++-header', SOURCE, '-o', output], folder, signal);
  }
}

function compile(options: string[], folder: string, signal: AbortSignal): Promise<void> {
  const [command, ...args] = [...(existsSync(WHEN_IDLE[0]) ? WHEN_IDLE : []), COMPILER, ...options] as [
    string,
  ];
  const child = spawn(command, args, {
    cwd: folder,
    stdio: 'ignore',
    env: { PATH: '/usr/bin:/bin' },
    // A group of its own, so that the compiler proper ends with its driver.
    detached: true,
  });
  const { pid } = child;
  const kill = () => {
    if (pid && child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
  };
  signal.addEventListener('abort', kill);
  return new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the compiler ended with ${code}`)),
    );
    if (pid) setPriority(pid, LOWEST_PRIORITY);
  }).finally(() => signal.removeEventListener('abort', kill));
}

/** A compiler that was upgraded needs new headers, and the old ones are large. */
function removeOthers(folder: string, place: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  for (const name of readdirSync(folder)) {
    if (join(folder, name) !== place) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function stampOf(path: string): string {
  const real = realpathSync(path);
  const { size, mtimeMs } = statSync(real);
  return createHash('sha256')
    .update(`${real}:${size}:${mtimeMs}:${SOURCE}:${JSON.stringify(VARIANTS)}`)
    .digest('hex')
    .slice(0, 16);
}
