import { accessSync, closeSync, constants, openSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../config.js';
import type { DetectedLanguages } from '../languages/detect.js';
import type { SandboxShape } from './bubblewrap.js';
import {
  NoSandboxError,
  type SandboxMode,
  chooseMeasurement,
  explainFailure,
  findBubblewrap,
} from './detect.js';
import type { SandboxDeps } from './box.js';
import { installNative, probeInitHelper } from './native-parts.js';
import { type Sandbox, createSandbox } from './sandbox.js';
import { type FilterOptions, seccompFilter } from './seccomp-filter.js';
import { procCovers, systemView } from './system-view.js';
import type { RunReport, Slot } from './types.js';
import type { WorkDir } from './work-dir.js';

const SETTLE_MS = 1000;
const SHARED_MEMORY = '/dev/shm';
/** f_type of statfs(2). */
const TMPFS = 0x01021994;
/** Room that a run's input and outputs may take in memory. */
const RUN_FILES_BYTES = 64 * 1024 * 1024;

/** What fs.pipe-user-pages-soft, 16,384 pages unless the host says otherwise, makes of 16 pages each. */
const PIPES_OF_A_USER = 1024;

/** A sandbox that has proven to work on this host. */
export interface PreparedSandbox {
  sandbox: Sandbox;
  /** Two for each program that may run at once: one to run, one to make the next box. */
  slots: Slot[];
  mode: SandboxMode;
  /** Program and version that makes the boxes. */
  name: string;
  hasSeccomp: boolean;
  ownUidPerSlot: boolean;
  /** Why better ways are not used. */
  notes: string[];
  /** Waits for the last boxes to go, then removes what the engine made outside its folder. */
  close: () => Promise<void>;
}

/**
 * Finds out what this host allows, builds the sandbox from it and tries it.
 * @throws NoSandboxError with reason and cure
 */
export async function prepareSandbox(
  settings: Settings,
  workDir: WorkDir,
  detected: DetectedLanguages,
  packageRoot: string,
): Promise<PreparedSandbox> {
  const bubblewrap = findBubblewrap();
  const helper =
    settings.INIT_HELPER === 'off'
      ? { path: null, reason: 'INIT_HELPER is off' }
      : installNative(packageRoot, 'judge-init', workDir.folder('helper'));
  const flush = installNative(packageRoot, 'judge-flush', workDir.folder('helper'));
  const measurement = chooseMeasurement(settings.SANDBOX_MODE, helper.path ? null : helper.reason);
  const installed = detected.languages.filter((language) => language.installed).map(({ spec }) => spec);
  const ownUidPerSlot = process.getuid?.() === 0;
  const abilities = helper.path ? probeInitHelper(helper.path) : { landlock: false, answers: false };
  const openSeccomp = prepareSeccomp(workDir, {
    hideMemfd: measurement.groups === null,
    process1Answers: abilities.answers,
    ownUid: ownUidPerSlot,
  });
  const shape: SandboxShape = {
    systemView: systemView(workDir.folder('system'), {
      etc: installed.flatMap(({ etc }) => etc ?? []),
      folders: installed.flatMap(({ folders }) => folders ?? []),
      tools: detected.foreignTools,
      flushLibrary: flush.path,
    }),
    flushes: flush.path !== null,
    helperPath: helper.path,
    hasSeccomp: openSeccomp !== null,
    helperAnswers: abilities.answers,
    pipes: Math.floor(PIPES_OF_A_USER / (settings.SLOTS + 1)),
    procCovers: abilities.landlock ? [] : procCovers(workDir.folder('system')),
    helperWatches: measurement.groups === null,
  };
  const slots = makeSlots(settings, workDir, ownUidPerSlot);
  const sandbox = createSandbox({
    bwrapPath: bubblewrap.path,
    shape,
    groups: measurement.groups,
    openSeccomp,
    switchUser: ownUidPerSlot,
  });
  const close = async () => {
    // A program that outlasted the drain ends with the engine, and the next start sweeps its group.
    await Promise.race([sandbox.settled(), sleep(SETTLE_MS, undefined, { ref: false })]);
    measurement.groups?.close();
  };
  try {
    await tryOut(sandbox, slots[0] as Slot);
  } catch (error) {
    await close();
    throw error;
  }
  const notes = [...measurement.notes, helper.reason, flush.reason].filter(Boolean);
  return {
    sandbox,
    slots,
    mode: measurement.mode,
    name: bubblewrap.name,
    hasSeccomp: shape.hasSeccomp,
    ownUidPerSlot,
    notes,
    close,
  };
}

/** Writes the filter once; each run reads it through its own descriptor, as bubblewrap reads to the end. */
function prepareSeccomp(workDir: WorkDir, options: FilterOptions): SandboxDeps['openSeccomp'] {
  const filter = seccompFilter(process.arch, options);
  if (!filter) return null;
  const path = join(workDir.folder('system'), 'seccomp.bpf');
  writeFileSync(path, filter);
  return () => {
    const fd = openSync(path, 'r');
    return { fd, close: () => closeSync(fd) };
  };
}

function makeSlots(settings: Settings, workDir: WorkDir, ownUid: boolean): Slot[] {
  const count = 2 * (settings.SLOTS + settings.RUN_SLOTS);
  const folder = runFolder(workDir.folder('runs', 0o700), count);
  return Array.from({ length: count }, (_unused, index) => ({
    index,
    uid: ownUid ? settings.SLOT_BASE_UID + index : (process.getuid?.() ?? 0),
    folder,
  }));
}

/**
 * Where the nameless files of runs are made: in memory when that is possible, as a disk's file system spends more on
 * making and removing them than a small program on its whole run.
 */
function runFolder(own: string, slots: number): string {
  const isInMemory = (path: string) => statfsSync(path).type === TMPFS;
  try {
    if (isInMemory(own) || !isInMemory(SHARED_MEMORY)) return own;
    accessSync(SHARED_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(SHARED_MEMORY);
    return bavail * bsize >= slots * RUN_FILES_BYTES ? SHARED_MEMORY : own;
  } catch {
    return own;
  }
}

async function tryOut(sandbox: Sandbox, slot: Slot): Promise<void> {
  let report: RunReport;
  try {
    report = await sandbox.run({
      slot,
      turn: () => Promise.resolve(),
      program: ['/bin/bash', '-c', 'echo "$(id -u) $(cat hello)"'],
      files: [{ path: '/box/hello', data: Buffer.from('hello') }],
      binds: [],
      stdin: null,
      stderrToStdout: false,
      limits: {
        cpuSeconds: 5,
        cpuKillSeconds: 5,
        wallSeconds: 10,
        idleSeconds: null,
        memoryKb: 128_000,
        processes: 20,
        fileBytes: 65_536,
        stackKb: 64_000,
        boxKb: 1024,
      },
      boundDataSegment: false,
      preloads: true,
    });
  } catch (error) {
    throw explainFailure((error as Error).message, readOptional);
  }
  if (report.exitCode !== 0 || report.stdout.toString() !== '1000 hello\n') {
    const told = report.stderr.toString('utf8') || report.stdout.toString('utf8');
    throw new NoSandboxError(`the trial run answered ${report.exitCode} (${report.endedBy}): ${told}`);
  }
}

function readOptional(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
