import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { FD, type SandboxShape, bubblewrapArguments } from './bubblewrap.js';
import type { GroupFactory, RunGroup } from './cgroup.js';
import { type RunFiles, openRunFiles } from './run-files.js';
import { type EndedBy, type RunReport, type RunRequest, SandboxError } from './types.js';

const CPU_LOOK_MS = 20;
/** How long process 1 may take to report after it was told to end the run. */
const REPORT_GRACE_MS = 1000;
/** How long bubblewrap may take to set a box up before the machine counts as overloaded or broken. */
const SETUP_LIMIT_MS = 20_000;
/** Process 1, the wrapper shell's start and bubblewrap's own child are not the learner's. */
const ENGINE_PROCESSES = 3;

export interface Sandbox {
  run: (request: RunRequest) => Promise<RunReport>;
}

export interface SandboxDeps {
  bwrapPath: string;
  shape: SandboxShape;
  groups: GroupFactory | null;
  /** File descriptor of the compiled seccomp filter, opened anew for each run; null = no filter. */
  openSeccomp: (() => { fd: number; close: () => void }) | null;
  /** Whether slots have their own uid (only root can give it). */
  switchUser: boolean;
}

/** A sandbox whose every run is its own bubblewrap; throws SandboxError when the box could not be made. */
export function createSandbox(deps: SandboxDeps): Sandbox {
  let counter = 0;
  return {
    run: async (request) => {
      const files = openRunFiles(request);
      const seccomp = deps.openSeccomp?.() ?? null;
      let group: RunGroup | null = null;
      try {
        group =
          deps.groups?.create(`run-${request.slot.index}-${counter++}`, {
            memoryKb: request.limits.memoryKb,
            processes: request.limits.processes + ENGINE_PROCESSES,
          }) ?? null;
        const child = start(deps, request, files, seccomp?.fd ?? 'ignore');
        return await new Supervision(child, request, files, group, deps.shape.helperPath !== null).finished;
      } finally {
        seccomp?.close();
        files.close();
        await group?.remove();
      }
    },
  };
}

function start(
  deps: SandboxDeps,
  request: RunRequest,
  files: RunFiles,
  seccomp: number | 'ignore',
): ChildProcess {
  const args = bubblewrapArguments(deps.shape, {
    ...request,
    files: request.files.map((file) => file.path),
    handsOver: request.artefactPath !== undefined,
  });
  const owner = deps.switchUser ? { uid: request.slot.uid, gid: request.slot.uid } : {};
  return spawn(deps.bwrapPath, args, {
    ...owner,
    cwd: '/',
    env: {},
    stdio: [
      files.stdin,
      files.stdout,
      files.stderr,
      'pipe',
      'pipe',
      seccomp,
      files.artefact,
      ...files.inputs,
    ],
  });
}

/** One run from the start of bubblewrap to its report. */
class Supervision {
  readonly finished: Promise<RunReport>;
  private endedBy: EndedBy = 'program';
  private boxPid: number | null = null;
  private info = '';
  private report = '';
  private startedAt: bigint | null = null;
  private endedAt: bigint | null = null;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly child: ChildProcess,
    private readonly request: RunRequest,
    private readonly files: RunFiles,
    private readonly group: RunGroup | null,
    private readonly hasHelper: boolean,
  ) {
    this.finished = new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new SandboxError(`bubblewrap does not start: ${error.message}`)));
      child.once('exit', () => (this.endedAt = process.hrtime.bigint()));
      child.once('close', (code, signal) => {
        for (const timer of this.timers) clearTimeout(timer);
        // A promise, so that what result() throws rejects.
        resolve(Promise.resolve().then(() => this.result(code, signal)));
      });
      this.timers.push(setTimeout(() => child.kill('SIGKILL'), SETUP_LIMIT_MS));
      this.listen(reject);
    });
  }

  private listen(reject: (error: Error) => void): void {
    const control = this.child.stdio[FD.control] as Duplex | null;
    const info = this.child.stdio[FD.info] as Readable | null;
    control?.on('data', (chunk: Buffer) => (this.report += chunk.toString('latin1')));
    control?.on('error', () => undefined);
    info?.on('error', () => undefined);
    info?.on('data', (chunk: Buffer) => {
      this.info += chunk.toString('latin1');
      const pid = /"child-pid":\s*(\d+)/.exec(this.info)?.[1];
      if (!pid || this.boxPid !== null) return;
      this.boxPid = Number(pid);
      try {
        this.release(control);
      } catch (error) {
        this.child.kill('SIGKILL');
        reject(new SandboxError(`the run could not be put under control: ${(error as Error).message}`));
      }
    });
  }

  /** Everything is in place: the program may start, and the clocks run. */
  private release(control: Duplex | null): void {
    const { limits } = this.request;
    if (this.boxPid !== null) this.group?.attach(this.boxPid);
    for (const timer of this.timers.splice(0)) clearTimeout(timer);
    this.startedAt = process.hrtime.bigint();
    control?.write('g');
    this.timers.push(setTimeout(() => this.end('wall'), limits.wallSeconds * 1000));
    const { group } = this;
    if (group && limits.cpuSeconds > 0) {
      const look = () => {
        if (group.cpuSeconds() > limits.cpuKillSeconds) this.end('cpu');
      };
      this.timers.push(setInterval(look, CPU_LOOK_MS));
    }
  }

  private end(reason: EndedBy): void {
    if (this.endedBy !== 'program' || this.endedAt !== null) return;
    this.endedBy = reason;
    if (!this.hasHelper) return this.kill();
    (this.child.stdio[FD.control] as Duplex | null)?.write('k');
    this.timers.push(setTimeout(() => this.kill(), REPORT_GRACE_MS));
  }

  /** Killing process 1 ends its whole pid namespace; bubblewrap then ends by itself. */
  private kill(): void {
    this.group?.killAll();
    if (this.boxPid !== null && this.endedAt === null) {
      try {
        process.kill(this.boxPid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }

  private result(code: number | null, signal: NodeJS.Signals | null): RunReport {
    const { limits } = this.request;
    const output = this.files.readOutputs(Math.max(limits.fileBytes, 4096));
    if (this.startedAt === null)
      throw new SandboxError(`no box: ${output.stderr.toString('utf8').slice(0, 500)}`);
    const helper = parseReport(this.report);
    if (this.hasHelper && !helper && this.endedBy === 'program' && !this.group?.oomKills()) {
      const text = output.stderr.toString('utf8').slice(0, 500);
      throw new SandboxError(`process 1 of the box ended without a report (${code ?? signal}): ${text}`);
    }
    const wall = Number((this.endedAt ?? process.hrtime.bigint()) - this.startedAt) / 1e9;
    const endedBy = this.endedBy === 'program' ? (helper?.reason ?? 'program') : this.endedBy;
    return {
      endedBy,
      exitCode: endedBy === 'program' ? (helper?.exitCode ?? code ?? 137) : 0,
      signal: endedBy === 'program' && helper?.signal ? helper.signal : null,
      cpuSeconds: this.group?.cpuSeconds() ?? helper?.cpuSeconds ?? 0,
      wallSeconds: helper?.wallSeconds ?? wall,
      memoryKb: Math.min(this.group?.peakMemoryKb() ?? helper?.memoryKb ?? 0, limits.memoryKb),
      outOfMemory: endedBy === 'memory' || (this.group?.oomKills() ?? 0) > 0,
      ...output,
    };
  }
}

interface HelperReport {
  exitCode: number;
  signal: number;
  wallSeconds: number;
  cpuSeconds: number;
  memoryKb: number;
  reason: EndedBy;
}

function parseReport(text: string): HelperReport | null {
  const match =
    /^exit=(\d+) signal=(\d+) wall_us=(\d+) cpu_us=(\d+) rss_kb=(\d+) reason=(none|cpu|memory|disk|killed)\n/.exec(
      text,
    );
  if (!match) return null;
  const [exitCode = 0, signal = 0, wallUs = 0, cpuUs = 0, memoryKb = 0] = match.slice(1, 6).map(Number);
  const reasons: Record<string, EndedBy> = {
    cpu: 'cpu',
    memory: 'memory',
    disk: 'disk',
    killed: 'cancelled',
  };
  const reason = reasons[match[6] ?? ''] ?? 'program';
  return { exitCode, signal, wallSeconds: wallUs / 1e6, cpuSeconds: cpuUs / 1e6, memoryKb, reason };
}
