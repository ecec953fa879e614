import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Copies the PID-1 helper into `targetFolder`, compiling it when no build of exactly this source is at hand.
 * @returns its path, or null with the reason when there is neither a build nor a working C compiler
 */
export function installInitHelper(
  packageRoot: string,
  targetFolder: string,
): { path: string | null; reason: string } {
  const source = join(packageRoot, 'native', 'judge-init.c');
  const target = join(targetFolder, 'judge-init');
  try {
    const built = builtHelper(packageRoot, source);
    if (existsSync(built)) copyFileSync(built, target);
    else compileHelper(source, target);
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
  const source = join(packageRoot, 'native', 'judge-init.c');
  const built = builtHelper(packageRoot, source);
  if (!existsSync(built)) compileHelper(source, built);
  return built;
}

function builtHelper(packageRoot: string, source: string): string {
  const digest = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  return join(packageRoot, 'dist', 'native', `judge-init-${process.arch}-${digest}`);
}

function compileHelper(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}`;
  // Static, because the sandbox shows it without the host's libraries being promised.
  execFileSync('gcc', ['-O2', '-static', '-o', draft, source], { stdio: 'pipe', timeout: 60_000 });
  renameSync(draft, target);
}
