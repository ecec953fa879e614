import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Names the signal by which the helper asks a program for what it holds back; no program is expected to use it. */
const FLUSH_SIGNAL = '-DJUDGE_FLUSH_SIGNAL=60';

/** The engine's own machine code: the PID-1 helper, and what is preloaded into programs. */
const NATIVE = {
  // Static, because the sandbox shows it without the host's libraries being promised.
  'judge-init': ['-O2', '-static', FLUSH_SIGNAL],
  'judge-flush': ['-O2', '-shared', '-fPIC', FLUSH_SIGNAL],
} as const;

export type NativePart = keyof typeof NATIVE;

/**
 * Copies a native part into `targetFolder`, compiling it when no build of exactly this source is at hand.
 * @returns its path, or null with the reason when there is neither a build nor a working C compiler
 */
export function installNative(
  packageRoot: string,
  part: NativePart,
  targetFolder: string,
): { path: string | null; reason: string } {
  const target = join(targetFolder, part);
  try {
    const built = builtPath(packageRoot, part);
    if (existsSync(built)) copyFileSync(built, target);
    else compile(packageRoot, part, target);
    return { path: target, reason: '' };
  } catch (error) {
    return { path: null, reason: `${part} could not be built: ${(error as Error).message.split('\n')[0]}` };
  }
}

/** Compiles all native parts into the package's dist folder, under names that change with their source. */
export function buildNative(packageRoot: string): string[] {
  return (Object.keys(NATIVE) as NativePart[]).map((part) => {
    const built = builtPath(packageRoot, part);
    if (!existsSync(built)) compile(packageRoot, part, built);
    return built;
  });
}

/** What the helper can close on this kernel. */
export interface HelperAbilities {
  /** Landlock: no file of /proc can be opened. */
  landlock: boolean;
  /** Process 1 answers system calls in the kernel's place. */
  answers: boolean;
}

/** Asks the installed helper what this kernel lets it do. */
export function probeInitHelper(path: string): HelperAbilities {
  const { stdout } = spawnSync(path, ['probe'], { encoding: 'utf8', env: {} });
  return { landlock: /landlock=1/.test(stdout), answers: /answers=1/.test(stdout) };
}

/** What is preloaded is one file; all others make the helper. */
function sources(packageRoot: string, part: NativePart): string[] {
  const folder = join(packageRoot, 'native');
  const isPreloaded = (name: string) => name === 'judge-flush.c';
  return readdirSync(folder)
    .sort()
    .filter((name) => isPreloaded(name) === (part === 'judge-flush'))
    .map((name) => join(folder, name));
}

function builtPath(packageRoot: string, part: NativePart): string {
  const hash = createHash('sha256').update(NATIVE[part].join(' '));
  for (const file of sources(packageRoot, part)) hash.update(readFileSync(file));
  const digest = hash.digest('hex').slice(0, 16);
  return join(packageRoot, 'dist', 'native', `${part}-${process.arch}-${digest}`);
}

function compile(packageRoot: string, part: NativePart, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}`;
  const units = sources(packageRoot, part).filter((file) => file.endsWith('.c'));
  execFileSync('gcc', [...NATIVE[part], '-o', draft, ...units], { stdio: 'pipe', timeout: 60_000 });
  renameSync(draft, target);
}
