import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The repository's root: every child runs there. */
export const root = path.resolve(import.meta.dirname, '../..');

const followParent = path.join(import.meta.dirname, 'follow-parent.mjs');

export interface ChildCommand {
  name: string;
  /** Arguments of node. */
  args: string[];
  env: Record<string, string | undefined>;
  /** Where it runs; the repository when absent. */
  cwd?: string;
  /** Output is appended here. */
  logFile: string;
}

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningChild {
  name: string;
  pid: number;
  logFile: string;
  /** Settles when the process is gone; never rejects. */
  exited: Promise<ChildExit>;
  /** Null while it runs. */
  exit(): ChildExit | null;
  /** True once kill() or stop() was called. */
  wasAskedToEnd(): boolean;
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, after `patienceMs` SIGKILL to its whole process group; settles when it is gone. */
  stop(patienceMs?: number): Promise<void>;
}

/** How a process ended, as a person reads it. */
export const exitText = ({ code, signal }: ChildExit): string => signal ?? `exit code ${code}`;

/** A child ended or stayed silent while it was expected to come up; the message ends with its last log lines. */
export class ChildStartError extends Error {
  override name = 'ChildStartError';
}

/** The last lines of a log file without stack frames, cut to a screen's width; empty when there is no such file. */
const lastLines = (file: string, count: number): string[] => {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() && !/^\s+at /.test(line))
      .map((line) => line.slice(0, 300))
      .slice(-count);
  } catch {
    return [];
  }
};

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
};

/**
 * Starts a node program that dies with this process, however this one ends.
 *
 * It gets a session of its own, so that Ctrl-C in a terminal reaches this process only and the order of stopping is
 * ours. Throws when the process cannot be made.
 */
export const startChild = ({ name, args, env, cwd = root, logFile }: ChildCommand): RunningChild => {
  const log = openSync(logFile, 'a', 0o600);
  let child: ChildProcess;
  try {
    child = spawn(process.execPath, ['--import', followParent, ...args], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
  // A process that cannot be made has no pid; one that cannot be signalled is gone.
  child.on('error', () => undefined);
  const { pid } = child;
  if (pid === undefined) throw new ChildStartError(`${name}: the process could not be made`);
  child.unref();
  child.channel?.unref();

  let exit: ChildExit | null = null;
  let asked = false;
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      // What it started and left behind must not hold its port.
      signalGroup(pid, 'SIGKILL');
      resolve(exit);
    });
  });
  return {
    name,
    pid,
    logFile,
    exited,
    exit: () => exit,
    wasAskedToEnd: () => asked,
    kill: (signal) => {
      asked = true;
      signalGroup(pid, signal);
    },
    stop: async (patienceMs = 10_000) => {
      asked = true;
      if (exit) return;
      child.ref();
      child.kill('SIGTERM');
      const killed = setTimeout(() => signalGroup(pid, 'SIGKILL'), patienceMs);
      await exited;
      clearTimeout(killed);
    },
  };
};

/** The name of a child, what happened to it and its last log lines. */
const lastWordsOf = (child: RunningChild, what: string): string =>
  [`${child.name} ${what}`, ...lastLines(child.logFile, 15).map((line) => `  ${line}`)].join('\n');

/** Throws, where nobody catches it, when a child ends that nobody asked to: for tests, which fail then. */
export const failWhenItDies = (child: RunningChild): void => {
  void child.exited.then((exit) => {
    if (child.wasAskedToEnd()) return;
    const text = lastWordsOf(child, `ended by itself (${exitText(exit)}). Its last words:`);
    setImmediate(() => {
      throw new Error(text);
    });
  });
};

const answersOk = async (url: string, headers: Record<string, string>): Promise<boolean> => {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
};

export interface Health {
  url: string;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

/** Waits until the child answers with 2xx. Throws ChildStartError when it ends before, or is silent for too long. */
export const waitUntilHealthy = async (child: RunningChild, health: Health): Promise<void> => {
  const { url, headers = {}, timeoutMs = 120_000 } = health;
  const fail = (what: string): never => {
    throw new ChildStartError(lastWordsOf(child, what));
  };
  const until = Date.now() + timeoutMs;
  while (!(await answersOk(url, headers))) {
    const exit = child.exit();
    if (exit) fail(`ended at start (${exitText(exit)}). Its last words:`);
    if (Date.now() > until) fail(`did not answer at ${url} within ${timeoutMs / 1000} s. Its last words:`);
    await sleep(50);
  }
  if (child.exit()) fail('ended at start, and another program answers at its port. Its last words:');
};
