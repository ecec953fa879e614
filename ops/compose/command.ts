import { spawn } from 'node:child_process';
import { inContainer, projectDirectory } from './project.js';

/** How a program of the machine ended. */
export interface Ran {
  /** Exit code; 127: there is no such program; null: it took too long, or a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Besides the environment of this process. */
  env?: Record<string, string>;
  /** What it reads from its standard input; nothing when absent. */
  input?: string | NodeJS.ReadableStream;
  /** Where its output goes, in place of the result: `screen`, or a writable stream. */
  output?: 'screen' | NodeJS.WritableStream;
  timeoutMs?: number;
}

/** Runs a program of the machine in the project's directory. Never rejects. */
export type Run = (program: string, args: readonly string[], options?: RunOptions) => Promise<Ran>;

/** In the container of ops/run.sh: the machine's program, with the caller's rights, where the project is. */
const asCaller = (program: string, args: readonly string[]): [string, string[]] => {
  const { CALLER = '0:0', CALLER_GROUPS = '0' } = process.env;
  const rights = [`--userspec=${CALLER}`, `--groups=${CALLER_GROUPS}`];
  return ['chroot', [...rights, '/host', 'env', `--chdir=${projectDirectory()}`, program, ...args]];
};

// More than any answer has that we read; a log that grows without end must not fill the memory.
const mostBytes = 32 * 1024 * 1024;

const collect = (stream: NodeJS.ReadableStream | null): { text: () => string } => {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  });
  return { text: () => Buffer.concat(chunks).toString('utf8') };
};

/** The real one. A program that takes too long is ended. */
export const runOnMachine: Run = (program, args, options = {}) =>
  new Promise((resolve) => {
    const { env, input, output, timeoutMs } = options;
    const [command, words] = inContainer() ? asCaller(program, args) : [program, [...args]];
    const child = spawn(command, words, {
      cwd: projectDirectory(),
      env: { ...process.env, ...env },
      stdio: [
        input === undefined ? 'ignore' : 'pipe',
        output === 'screen' ? 'inherit' : 'pipe',
        output === 'screen' ? 'inherit' : 'pipe',
      ],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const toStream = typeof output === 'object';
    const stdout = collect(toStream ? null : child.stdout);
    const stderr = collect(child.stderr);
    if (toStream) child.stdout?.pipe(output, { end: false });
    if (input !== undefined && child.stdin) {
      // A program that ends early says why in its own words.
      child.stdin.on('error', () => undefined);
      if (typeof input === 'string') child.stdin.end(input);
      else {
        input.on('error', (error: Error) => resolve({ code: 1, stdout: '', stderr: error.message }));
        input.pipe(child.stdin);
      }
    }
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ code: error.code === 'ENOENT' ? 127 : 126, stdout: '', stderr: error.message }),
    );
    child.once('close', (code) => resolve({ code, stdout: stdout.text(), stderr: stderr.text() }));
  });
