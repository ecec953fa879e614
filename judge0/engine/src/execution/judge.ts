import { existsSync, rmSync, statSync } from 'node:fs';
import { STATUS } from '../submissions/status.js';
import {
  type Submission,
  type SubmissionRequest,
  type SubmissionResult,
  emptyResult,
} from '../submissions/submission.js';
import type { Settings } from '../config.js';
import type { LanguageCatalog } from '../languages/catalog.js';
import type { Language } from '../languages/language.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { ReadOnlyBind, RunLimits, RunReport } from '../sandbox/types.js';
import { type CompileCache, type Compiled, compileKey } from './compile-cache.js';
import { BOX_ARCHIVE, compileCommand, compileScript, runProgram, runScript } from './scripts.js';
import type { SlotPool } from './slots.js';
import { verdictOf } from './verdict.js';

/** Largest file that a compiler may write, in bytes: the program itself, not the learner's output. */
const COMPILED_FILE_BYTES = 64 * 1024 * 1024;
const COMPILE_PROCESSES = 200;
const COMPILE_BOX_FACTOR = 4;

export interface Judge {
  /** Compiles, runs and judges; `onStart` is called when the submission first gets a slot. */
  judge: (submission: Submission, order: number, onStart: () => void) => Promise<SubmissionResult>;
}

export interface JudgeDeps {
  settings: Settings;
  catalog: LanguageCatalog;
  sandbox: Sandbox;
  slots: SlotPool;
  cache: CompileCache;
}

/** Judging over one sandbox, one pool of slots and one compile cache. */
export function createJudge(deps: JudgeDeps): Judge {
  return {
    judge: async ({ request }, order, onStart) => {
      const language = deps.catalog.find(request.languageId);
      if (!language?.installed) throw new Error(`language ${request.languageId} is not installed`);
      const script = compileScript(language, request.compilerOptions);
      if (script === null) return runAll(deps, request, language, null, order, onStart);
      const key = compileKey([language.spec.id, language.name, script, request.sourceCode]);
      const compile = (path: string) => compileProgram(deps, request, language, script, path, order, onStart);
      return deps.cache.with(key, compile, async (compiled) => {
        if (!compiled.succeeded) return compilationError(compiled);
        const result = await runAll(deps, request, language, compiled, order, onStart);
        return { ...result, compileOutput: compiled.output.length > 0 ? compiled.output : null };
      });
    },
  };
}

function compilationError(compiled: Compiled): SubmissionResult {
  return {
    ...emptyResult(STATUS.compilationError),
    compileOutput: compiled.output.length > 0 ? compiled.output : null,
  };
}

async function compileProgram(
  deps: JudgeDeps,
  request: SubmissionRequest,
  language: Language,
  script: string,
  path: string,
  order: number,
  onStart: () => void,
): Promise<Compiled> {
  const { settings } = deps;
  const report = await deps.slots.use(order, (slot) => {
    onStart();
    return deps.sandbox.run({
      slot,
      program: ['/bin/bash', '-c', compileCommand(language.spec.artefact)],
      files: [...sourceFiles(request, language), { name: 'compile', data: Buffer.from(script) }],
      binds: [],
      stdin: null,
      stderrToStdout: true,
      limits: {
        cpuSeconds: settings.COMPILE_CPU_TIME_LIMIT,
        cpuKillSeconds: settings.COMPILE_CPU_TIME_LIMIT,
        wallSeconds: settings.COMPILE_WALL_TIME_LIMIT,
        memoryKb: settings.COMPILE_MEMORY_LIMIT,
        processes: COMPILE_PROCESSES,
        fileBytes: COMPILED_FILE_BYTES,
        stackKb: settings.MAX_STACK_LIMIT,
        boxKb: settings.BOX_SIZE * COMPILE_BOX_FACTOR,
      },
      boundDataSegment: false,
      artefactPath: path,
    });
  });
  return compiledOf(report, path, settings.MAX_MAX_FILE_SIZE * 1024);
}

function compiledOf(report: RunReport, path: string, maxOutput: number): Compiled {
  const timedOut = report.endedBy === 'cpu' || report.endedBy === 'wall';
  const succeeded = report.endedBy === 'program' && report.exitCode === 0 && report.signal === null;
  if (!succeeded) rmSync(path, { force: true });
  return {
    succeeded,
    output: compileOutput(report, timedOut).subarray(0, maxOutput),
    artefactPath: succeeded && existsSync(path) && statSync(path).size > 0 ? path : null,
    cacheable: report.endedBy === 'program' && !report.outOfMemory,
  };
}

function compileOutput(report: RunReport, timedOut: boolean): Buffer {
  if (timedOut) return Buffer.from('Compilation time limit exceeded.');
  const silent = report.stdout.length === 0 && report.endedBy === 'memory';
  return silent ? Buffer.from('Compilation memory limit exceeded.') : report.stdout;
}

function sourceFiles(request: SubmissionRequest, language: Language): { name: string; data: Buffer }[] {
  const { sourceFile } = language.spec;
  return sourceFile ? [{ name: sourceFile, data: request.sourceCode ?? Buffer.alloc(0) }] : [];
}

/** number_of_runs runs: time and memory are averages, and the first run that is not accepted decides. */
async function runAll(
  deps: JudgeDeps,
  request: SubmissionRequest,
  language: Language,
  compiled: Compiled | null,
  order: number,
  onStart: () => void,
): Promise<SubmissionResult> {
  const results: SubmissionResult[] = [];
  for (let run = 0; run < request.numberOfRuns; run++) {
    const report = await deps.slots.use(order, (slot) => {
      onStart();
      return deps.sandbox.run({ slot, ...runShape(deps.settings, request, language, compiled) });
    });
    const result = verdictOf(request, report, deps.settings.COMPAT_SIGNALS);
    results.push(result);
    if (result.statusId !== STATUS.accepted) break;
  }
  const last = results[results.length - 1] as SubmissionResult;
  const mean = (pick: (result: SubmissionResult) => number | null) =>
    results.reduce((sum, result) => sum + (pick(result) ?? 0), 0) / results.length;
  return {
    ...last,
    time: mean((result) => result.time),
    wallTime: mean((result) => result.wallTime),
    memory: Math.round(mean((result) => result.memory)),
  };
}

function runShape(
  settings: Settings,
  request: SubmissionRequest,
  language: Language,
  compiled: Compiled | null,
) {
  const { artefact, memory } = language.spec;
  const script = runScript(language, {
    arguments: request.commandLineArguments,
    memoryKb: request.memoryLimit,
    exec: settings.COMPAT_SIGNALS === 'real',
  });
  const hasArchive = compiled !== null && compiled.artefactPath !== null && !artefact;
  const binds: ReadOnlyBind[] = [];
  if (compiled?.artefactPath) {
    binds.push({ hostPath: compiled.artefactPath, boxPath: artefact ? `/box/${artefact}` : BOX_ARCHIVE });
  }
  return {
    program: runProgram(hasArchive),
    files: [...sourceFiles(request, language), { name: 'run', data: Buffer.from(script) }],
    binds,
    stdin: request.stdin,
    stderrToStdout: request.redirectStderrToStdout,
    limits: limitsOf(settings, request),
    boundDataSegment: memory === 'native',
  };
}

/** As isolate has it: a run is ended past the greater of limit and extra time, and 0 lifts a limit. */
function limitsOf(settings: Settings, request: SubmissionRequest): RunLimits {
  return {
    cpuSeconds: request.cpuTimeLimit,
    cpuKillSeconds: Math.max(request.cpuTimeLimit, request.cpuExtraTime),
    wallSeconds: request.wallTimeLimit,
    memoryKb: request.memoryLimit,
    processes: request.maxProcessesAndOrThreads,
    fileBytes: (request.maxFileSize || settings.MAX_MAX_FILE_SIZE) * 1024,
    stackKb: request.stackLimit || settings.MAX_STACK_LIMIT,
    boxKb: settings.BOX_SIZE,
  };
}
