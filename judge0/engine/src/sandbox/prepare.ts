import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { installInitHelper } from './init-helper.js';
import { type Sandbox, type SandboxDeps, createSandbox } from './sandbox.js';
import { seccompFilter } from './seccomp-filter.js';
import { systemView } from './system-view.js';
import type { RunReport, Slot } from './types.js';
import type { WorkDir } from './work-dir.js';

/** A sandbox that has proven to work on this host. */
export interface PreparedSandbox {
  sandbox: Sandbox;
  slots: Slot[];
  mode: SandboxMode;
  /** Program and version that makes the boxes. */
  name: string;
  hasSeccomp: boolean;
  ownUidPerSlot: boolean;
  /** Why better ways are not used. */
  notes: string[];
  close: () => void;
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
      : installInitHelper(packageRoot, workDir.folder('helper'));
  const measurement = chooseMeasurement(settings.SANDBOX_MODE, helper.path ? null : helper.reason);
  const installed = detected.languages.filter((language) => language.installed).map(({ spec }) => spec);
  const openSeccomp = prepareSeccomp(workDir, measurement.groups === null);
  const shape: SandboxShape = {
    systemView: systemView(workDir.folder('system'), {
      etc: installed.flatMap(({ etc }) => etc ?? []),
      folders: installed.flatMap(({ folders }) => folders ?? []),
      tools: detected.foreignTools,
    }),
    helperPath: helper.path,
    hasSeccomp: openSeccomp !== null,
    helperWatches: measurement.groups === null,
  };
  const ownUidPerSlot = process.getuid?.() === 0;
  const slots = makeSlots(settings, workDir, ownUidPerSlot);
  const sandbox = createSandbox({
    bwrapPath: bubblewrap.path,
    shape,
    groups: measurement.groups,
    openSeccomp,
    switchUser: ownUidPerSlot,
  });
  const close = () => measurement.groups?.close();
  try {
    await tryOut(sandbox, slots[0] as Slot);
  } catch (error) {
    close();
    throw error;
  }
  const notes = helper.path ? measurement.notes : [...measurement.notes, helper.reason];
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
function prepareSeccomp(workDir: WorkDir, hideMemfd: boolean): SandboxDeps['openSeccomp'] {
  const filter = seccompFilter(process.arch, { hideMemfd });
  if (!filter) return null;
  const path = join(workDir.folder('system'), 'seccomp.bpf');
  writeFileSync(path, filter);
  return () => {
    const fd = openSync(path, 'r');
    return { fd, close: () => closeSync(fd) };
  };
}

function makeSlots(settings: Settings, workDir: WorkDir, ownUid: boolean): Slot[] {
  return Array.from({ length: settings.SLOTS }, (_unused, index) => ({
    index,
    uid: ownUid ? settings.SLOT_BASE_UID + index : (process.getuid?.() ?? 0),
    folder: workDir.folder(`slot-${index}`, 0o700),
  }));
}

async function tryOut(sandbox: Sandbox, slot: Slot): Promise<void> {
  let report: RunReport;
  try {
    report = await sandbox.run({
      slot,
      program: ['/bin/bash', '-c', 'echo "$(id -u) $(cat hello)"'],
      files: [{ path: '/box/hello', data: Buffer.from('hello') }],
      binds: [],
      stdin: null,
      stderrToStdout: false,
      limits: {
        cpuSeconds: 5,
        cpuKillSeconds: 5,
        wallSeconds: 10,
        memoryKb: 128_000,
        processes: 20,
        fileBytes: 65_536,
        stackKb: 64_000,
        boxKb: 1024,
      },
      boundDataSegment: false,
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
