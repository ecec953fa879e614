import { type ChildProcess, spawn } from 'node:child_process';
import { type SandboxShape, bubblewrapArguments } from './bubblewrap.js';
import type { GroupFactory, RunGroup } from './cgroup.js';
import { type RunFiles, openRunFiles } from './run-files.js';
import type { RunRequest } from './types.js';

/** Process 1, the wrapper shell's start and bubblewrap's own child are not the learner's. */
const ENGINE_PROCESSES = 3;

export interface SandboxDeps {
  bwrapPath: string;
  shape: SandboxShape;
  groups: GroupFactory | null;
  /** File descriptor of the compiled seccomp filter, opened anew for each run; null = no filter. */
  openSeccomp: (() => { fd: number; close: () => void }) | null;
  /** Whether slots have their own uid (only root can give it). */
  switchUser: boolean;
}

/** A box that is being made. */
export interface Box {
  child: ChildProcess;
  files: RunFiles;
  group: RunGroup | null;
  hasHelper: boolean;
  remove: () => Promise<void>;
}

/** Starts bubblewrap for one run; the program in it waits until it is released. Throws when it cannot be started. */
export function openBox(deps: SandboxDeps, request: RunRequest, name: string): Box {
  const files = openRunFiles(request);
  const seccomp = deps.openSeccomp?.() ?? null;
  let group: RunGroup | null = null;
  try {
    group =
      deps.groups?.create(name, {
        memoryKb: request.limits.memoryKb,
        processes: request.limits.processes + ENGINE_PROCESSES,
      }) ?? null;
    const remove = async () => {
      files.close();
      await group?.remove();
    };
    const child = start(deps, request, files, seccomp?.fd ?? 'ignore');
    return { child, files, group, hasHelper: deps.shape.helperPath !== null, remove };
  } catch (error) {
    files.close();
    void group?.remove();
    throw error;
  } finally {
    seccomp?.close();
  }
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
