import { setTimeout as sleep } from 'node:timers/promises';
import {
  exitText,
  startChild,
  waitUntilHealthy,
  type ChildCommand,
  type Health,
  type RunningChild,
} from './child-process.js';

export interface ProcessSpec {
  command: ChildCommand;
  /** Null for a program that listens nowhere: running is enough. */
  health: Health | null;
}

export interface Supervisor {
  /** Starts a process and waits until it is healthy; from then on it is started again whenever it dies. */
  start(spec: ProcessSpec): Promise<void>;
  /** Stops all: the one that was started first after all others, which need it to their end. */
  stop(): Promise<void>;
  /** SIGKILL to all at once. */
  kill(): void;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** After so long without a fault, the next one is a first one again. */
const FORGIVEN_AFTER_MS = 60_000;

/** How long to wait before the nth start in a row, from 1: doubling up to 30 s. */
export const restartDelayMs = (fault: number): number =>
  Math.min(FIRST_DELAY_MS * 2 ** (fault - 1), LONGEST_DELAY_MS);

interface Watched {
  spec: ProcessSpec;
  child: RunningChild;
}

/** Keeps processes running until it is told to stop. `report` gets a line for each fault. */
export const createSupervisor = (report: (line: string) => void): Supervisor => {
  const watched: Watched[] = [];
  let stopping = false;
  // Children keep no parent waiting, so this does.
  const staying = setInterval(() => undefined, 2 ** 30);

  const watch = async (one: Watched): Promise<void> => {
    const { name, logFile } = one.spec.command;
    let fault = 0;
    for (;;) {
      const began = Date.now();
      const exit = await one.child.exited;
      if (stopping) return;
      fault = Date.now() - began > FORGIVEN_AFTER_MS ? 1 : fault + 1;
      const delayMs = restartDelayMs(fault);
      report(`${name} ended (${exitText(exit)}), again in ${delayMs / 1000} s; its log: ${logFile}`);
      await sleep(delayMs);
      // While it slept, stop() may have been called.
      if (stopping as boolean) return;
      one.child = startChild(one.spec.command);
    }
  };

  return {
    start: async (spec) => {
      const one = { spec, child: startChild(spec.command) };
      watched.push(one);
      if (spec.health) await waitUntilHealthy(one.child, spec.health);
      void watch(one);
    },
    stop: async () => {
      stopping = true;
      const [first, ...others] = watched;
      await Promise.all(others.map(({ child }) => child.stop()));
      await first?.child.stop();
      clearInterval(staying);
    },
    kill: () => {
      stopping = true;
      for (const { child } of watched) child.kill('SIGKILL');
    },
  };
};
