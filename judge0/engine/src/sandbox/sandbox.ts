import type { Duplex, Readable } from 'node:stream';
import { type Box, type SandboxDeps, openBox } from './box.js';
import { FD } from './bubblewrap.js';
import type { RunGroup } from './cgroup.js';
import { parseReport } from './helper-report.js';
import { createIdleWatch } from './idle-watch.js';
import { type EndedBy, type RunReport, type RunRequest, SandboxError } from './types.js';

/** How often a control group is looked at. */
const LOOK_MS = 20;
const IDLE_LOOK_MS = 100;
/** How long process 1 may take to report after it was told to end the run. */
const REPORT_GRACE_MS = 2000;
/** How long bubblewrap may take to set a box up before the machine counts as overloaded or broken. */
const SETUP_LIMIT_MS = 20_000;

export interface Sandbox {
  /** Resolves when all processes of the program have ended; what is left of the box goes while the next is made. */
  run: (request: RunRequest) => Promise<RunReport>;
  /** Resolves when nothing is left of any box. */
  settled: () => Promise<void>;
}

/** A sandbox whose every run is its own bubblewrap; throws SandboxError when the box could not be made. */
export function createSandbox(deps: SandboxDeps): Sandbox {
  let counter = 0;
  /** By slot: when its last box will be gone. */
  const removals = new Map<number, Promise<void>>();
  return {
    settled: async () => {
      await Promise.allSettled(removals.values());
    },
    run: async (request) => {
      const { index } = request.slot;
      const box = openBox(deps, request, `run-${index}-${counter++}`);
      const run = new Supervision(box, request, removals.get(index) ?? Promise.resolve());
      const removal = run.closed.then(() => box.remove());
      removals.set(index, removal);
      // Its failure is told by the slot's next run, which waits for it.
      removal.catch(() => undefined);
      return { ...(await run.finished), buried: removal };
    },
  };
}

type Outcome = Omit<RunReport, 'buried'>;

/** One run from the start of bubblewrap to its report. */
class Supervision {
  readonly finished: Promise<Outcome>;
  /** Resolves when bubblewrap itself has ended. */
  readonly closed: Promise<void>;
  private isSettled = false;
  private endedBy: EndedBy = 'program';
  private boxPid: number | null = null;
  private info = '';
  private report = '';
  private startedAt: bigint | null = null;
  private endedAt: bigint | null = null;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly box: Box,
    private readonly request: RunRequest,
    private readonly former: Promise<void>,
  ) {
    const { child } = box;
    this.closed = new Promise((resolve) => {
      child.on('error', () => resolve());
      child.once('close', () => resolve());
    });
    this.finished = new Promise((resolve, reject) => {
      // What has failed has no result, and asking for one would reject where nobody listens.
      const fail = (error: Error) => {
        this.isSettled = true;
        this.stopTimers();
        reject(error);
      };
      child.on('error', (error) => fail(new SandboxError(`bubblewrap does not start: ${error.message}`)));
      child.once('exit', () => (this.endedAt = process.hrtime.bigint()));
      const settle = (code: number | null, signal: NodeJS.Signals | null) => {
        this.stopTimers();
        if (this.isSettled) return;
        this.isSettled = true;
        // At once, while the files are open, and so that what result() throws rejects.
        resolve(new Promise((done) => done(this.result(code, signal))));
      };
      child.once('close', settle);
      this.timers.push(setTimeout(() => child.kill('SIGKILL'), SETUP_LIMIT_MS));
      this.listen(() => settle(null, null), fail);
    });
  }

  private stopTimers(): void {
    for (const timer of this.timers.splice(0)) clearTimeout(timer);
  }

  private listen(settle: () => void, reject: (error: Error) => void): void {
    const { child } = this.box;
    const control = child.stdio[FD.control] as Duplex | null;
    const info = child.stdio[FD.info] as Readable | null;
    control?.on('error', () => undefined);
    control?.on('data', (chunk: Buffer) => {
      this.report += chunk.toString('latin1');
      if (!this.report.endsWith('\n')) return;
      // Process 1 reports when it has reaped everything, so nobody is left who could change the outcome.
      settle();
      this.timers.push(setTimeout(() => child.kill('SIGKILL'), REPORT_GRACE_MS));
    });
    info?.on('error', () => undefined);
    info?.on('data', (chunk: Buffer) => {
      this.info += chunk.toString('latin1');
      const pid = /"child-pid":\s*(\d+)/.exec(this.info)?.[1];
      if (!pid || this.boxPid !== null) return;
      this.boxPid = Number(pid);
      this.release(this.boxPid, control).catch((error: Error) => {
        child.kill('SIGKILL');
        reject(new SandboxError(`the run could not be put under control: ${error.message}`));
      });
    });
  }

  /** Everything is in place and the slot's former box gone: at its turn the program starts, and the clocks run. */
  private async release(boxPid: number, control: Duplex | null): Promise<void> {
    const { limits } = this.request;
    const { group } = this.box;
    await Promise.all([group?.attach(boxPid), this.former]);
    this.stopTimers();
    await this.request.turn();
    if (this.endedAt !== null) return;
    this.startedAt = process.hrtime.bigint();
    control?.write('g');
    this.timers.push(setTimeout(() => this.end('wall'), limits.wallSeconds * 1000));
    this.endWhenAsked(boxPid);
    if (group) {
      const look = () => {
        const cpuSeconds = group.cpuSeconds();
        if (limits.cpuSeconds > 0 && cpuSeconds > limits.cpuKillSeconds) this.end('cpu');
        else if (group.isStarved()) this.endStarved(group);
      };
      this.timers.push(setInterval(look, LOOK_MS));
    }
  }

  /** Told to end before there is room again, so that nothing can use the room for anything else. */
  private endStarved(group: RunGroup): void {
    if (this.endedBy !== 'program') return;
    this.end('memory');
    group.relieve();
  }

  private endWhenAsked(boxPid: number): void {
    const { limits, signal } = this.request;
    const cancel = () => this.end('cancelled');
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    if (limits.idleSeconds === null) return;
    const hasOnlyWaited = createIdleWatch(boxPid, limits.idleSeconds);
    const look = () => {
      if (hasOnlyWaited()) this.end('wall');
    };
    this.timers.push(setInterval(look, IDLE_LOOK_MS));
  }

  private end(reason: EndedBy): void {
    if (this.endedBy !== 'program' || this.endedAt !== null) return;
    this.endedBy = reason;
    if (!this.box.hasHelper) return this.kill();
    (this.box.child.stdio[FD.control] as Duplex | null)?.write('k');
    this.timers.push(setTimeout(() => this.kill(), REPORT_GRACE_MS));
  }

  /** Killing process 1 ends its whole pid namespace; bubblewrap then ends by itself. */
  private kill(): void {
    this.box.group?.killAll();
    if (this.boxPid !== null && this.endedAt === null) {
      try {
        process.kill(this.boxPid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }

  private result(code: number | null, signal: NodeJS.Signals | null): Outcome {
    const { limits } = this.request;
    const output = this.box.files.readOutputs(Math.max(limits.fileBytes, 4096));
    if (this.startedAt === null)
      throw new SandboxError(`no box: ${output.stderr.toString('utf8').slice(0, 500)}`);
    const helper = parseReport(this.report);
    if (this.box.hasHelper && !helper && this.endedBy === 'program' && !this.box.group?.oomKills()) {
      const text = output.stderr.toString('utf8').slice(0, 500);
      throw new SandboxError(`process 1 of the box ended without a report (${code ?? signal}): ${text}`);
    }
    const wall = Number((this.endedAt ?? process.hrtime.bigint()) - this.startedAt) / 1e9;
    const endedBy = this.endedBy === 'program' ? (helper?.reason ?? 'program') : this.endedBy;
    return {
      endedBy,
      exitCode: endedBy === 'program' ? (helper?.exitCode ?? code ?? 137) : 0,
      signal: endedBy === 'program' && helper?.signal ? helper.signal : null,
      cpuSeconds: this.box.group?.cpuSeconds() ?? helper?.cpuSeconds ?? 0,
      wallSeconds: helper?.wallSeconds ?? wall,
      memoryKb: Math.min(this.box.group?.peakMemoryKb() ?? helper?.memoryKb ?? 0, limits.memoryKb),
      outOfMemory: endedBy === 'memory' || (this.box.group?.oomKills() ?? 0) > 0,
      ...output,
    };
  }
}
