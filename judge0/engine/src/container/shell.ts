import { spawn, spawnSync } from 'node:child_process';

/** What a command said and how it ended. */
export interface CommandResult {
  ok: boolean;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end and never throws: one that does not exist is not ok either. */
export function ask(command: string, ...args: string[]): CommandResult {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return { ok: status === 0, stdout: stdout ?? '', stderr: error ? error.message : stderr };
}

/**
 * Runs a command to its end.
 * @returns its standard output without the last line break
 * @throws with its last words when it fails
 */
export function must(command: string, ...args: string[]): string {
  const { ok, stdout, stderr } = ask(command, ...args);
  if (ok) return stdout.trimEnd();
  throw new Error(`${command} ${args.slice(0, 3).join(' ')} …: ${(stderr || stdout).trim().slice(-1500)}`);
}

/**
 * Runs a command of minutes, its output shown as it comes, indented.
 * @returns everything it printed
 */
export function watch(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => void child.kill();
  process.once('exit', kill);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      process.stdout.write(text.replace(/^(?=.)/gm, '    '));
    });
  }
  return new Promise<CommandResult>((resolve) => {
    child.on('error', (error) => resolve({ ok: false, stdout: said.stdout, stderr: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, ...said }));
  }).finally(() => process.removeListener('exit', kill));
}
