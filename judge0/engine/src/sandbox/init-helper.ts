import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Copies the PID-1 helper into `targetFolder`, compiling it when no build of exactly this source is at hand.
 * @returns its path, or null with the reason when there is neither a build nor a working C compiler
 */
export function installInitHelper(
  packageRoot: string,
  targetFolder: string,
): { path: string | null; reason: string } {
  const target = join(targetFolder, 'judge-init');
  try {
    const built = builtHelper(packageRoot);
    if (existsSync(built)) copyFileSync(built, target);
    else compileHelper(packageRoot, target);
    return { path: target, reason: '' };
  } catch (error) {
    return {
      path: null,
      reason: `the PID-1 helper could not be built: ${(error as Error).message.split('\n')[0]}`,
    };
  }
}

/** Compiles the helper into the package's dist folder, under a name that changes with its source. */
export function buildInitHelper(packageRoot: string): string {
  const built = builtHelper(packageRoot);
  if (!existsSync(built)) compileHelper(packageRoot, built);
  return built;
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

function sources(packageRoot: string): string[] {
  const folder = join(packageRoot, 'native');
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

function builtHelper(packageRoot: string): string {
  const hash = createHash('sha256');
  for (const file of sources(packageRoot)) hash.update(readFileSync(file));
  return join(packageRoot, 'dist', 'native', `judge-init-${process.arch}-${hash.digest('hex').slice(0, 16)}`);
}

function compileHelper(packageRoot: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}`;
  // Static, because the sandbox shows it without the host's libraries being promised.
  const units = sources(packageRoot).filter((file) => file.endsWith('.c'));
  execFileSync('gcc', ['-O2', '-static', '-o', draft, ...units], { stdio: 'pipe', timeout: 60_000 });
  renameSync(draft, target);
}
