import type { Settings } from '../config.js';
import type { LanguageCatalog } from '../languages/catalog.js';
import type { Language } from '../languages/language.js';
import type { PrecompiledHeaders } from '../languages/precompiled-headers.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { ReadOnlyBind, RunLimits, RunReport, RunShape } from '../sandbox/types.js';
import { STATUS } from '../submissions/status.js';
import {
  type Submission,
  type SubmissionRequest,
  type SubmissionResult,
  emptyResult,
} from '../submissions/submission.js';
import { type BoxContent, archiveFiles, boxContent, bringsScripts, sourceFiles } from './box-content.js';
import { type CompileCache, type Compiled, compileKey } from './compile-cache.js';
import { compileRun, compiledOf } from './compile-step.js';
import { BOX_ARCHIVE, runScript, shellProgram } from './scripts.js';
import type { Asking, SlotPool } from './slots.js';
import { verdictOf } from './verdict.js';

export interface Judge {
  /** Compiles, runs and judges; `onStart` is called when the submission first gets a slot. */
  judge: (submission: Submission, asking: Asking, onStart: () => void) => Promise<SubmissionResult>;
}

export interface JudgeDeps {
  settings: Settings;
  catalog: LanguageCatalog;
  sandbox: Sandbox;
  slots: SlotPool;
  cache: CompileCache;
  headers: PrecompiledHeaders;
  /** Told the wall seconds of each compile and run. */
  onTimed: (kind: 'compile' | 'run', language: Language, seconds: number) => void;
}

/** One submission on its way through the judge. */
interface Job {
  request: SubmissionRequest;
  language: Language;
  content: BoxContent;
  /** Runs in a slot, timed. */
  run: (kind: 'compile' | 'run', shape: RunShape) => Promise<RunReport>;
}

/** Judging over one sandbox, one pool of slots and one compile cache. */
export function createJudge(deps: JudgeDeps): Judge {
  const { settings, catalog, sandbox, slots, onTimed } = deps;
  return {
    judge: async ({ request }, asking, onStart) => {
      const language = catalog.find(request.languageId);
      if (!language?.installed) throw new Error(`language ${request.languageId} is not installed`);
      const content = await boxContent(settings, request, language);
      const run: Job['run'] = (kind, shape) =>
        // Others may wait for the same compile: a cancelled submission leaves it, and does not end it.
        slots.use(kind === 'run' ? asking : { ...asking, signal: undefined }, async (slot, turn) => {
          const signal = kind === 'run' ? asking.signal : undefined;
          const report = await sandbox.run({ slot, turn: () => turn().then(onStart), signal, ...shape });
          onTimed(kind, language, report.wallSeconds);
          return report;
        });
      const job = { request, language, content, run };
      const result = content.compiles ? await compileAndRun(deps, job) : await runAll(settings, job, null);
      return { ...result, message: result.message ?? content.problem };
    },
  };
}

async function compileAndRun({ settings, cache, headers }: JudgeDeps, job: Job): Promise<SubmissionResult> {
  const { request, language, content } = job;
  const key = compileKey([
    language.spec.id,
    language.name,
    content.compileScript,
    request.sourceCode,
    content.archive?.data ?? null,
  ]);
  const compile = async (path: string) => {
    const report = await job.run('compile', compileRun(settings, request, language, content, path, headers));
    await report.buried;
    return compiledOf(report, path, settings.MAX_MAX_FILE_SIZE * 1024);
  };
  return cache.with(key, compile, async (compiled) => {
    const compileOutput = compiled.output.length > 0 ? compiled.output : null;
    if (!compiled.succeeded) return { ...emptyResult(STATUS.compilationError), compileOutput };
    return { ...(await runAll(settings, job, compiled)), compileOutput };
  });
}

/** number_of_runs runs: time and memory are averages, and the first run that is not accepted decides. */
async function runAll(settings: Settings, job: Job, compiled: Compiled | null): Promise<SubmissionResult> {
  const results: SubmissionResult[] = [];
  for (let run = 0; run < job.request.numberOfRuns; run++) {
    const report = await job.run('run', runShape(settings, job, compiled));
    const result = verdictOf(job.request, report, settings.COMPAT_SIGNALS);
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

function runShape(settings: Settings, job: Job, compiled: Compiled | null): RunShape {
  const { request, language, content } = job;
  const { artefact, memory, env } = language.spec;
  const script = runScript(language, {
    arguments: request.commandLineArguments,
    memoryKb: request.memoryLimit,
    exec: settings.COMPAT_SIGNALS === 'real',
  });
  // A compile that leaves the whole box has the submission's files in it already.
  const wholeBox = compiled?.artefactPath && !artefact ? compiled.artefactPath : null;
  const archives = wholeBox ? [BOX_ARCHIVE] : content.archive ? [content.archive.path] : [];
  const binds: ReadOnlyBind[] = [];
  if (wholeBox) binds.push({ hostPath: wholeBox, boxPath: BOX_ARCHIVE });
  else if (compiled?.artefactPath)
    binds.push({ hostPath: compiled.artefactPath, boxPath: `/box/${artefact}` });
  const ownRun = bringsScripts(language) ? [] : [{ path: '/box/run', data: Buffer.from(script) }];
  return {
    program: shellProgram('exec /bin/bash run', archives),
    files: [...sourceFiles(request, language), ...ownRun, ...(wholeBox ? [] : archiveFiles(content))],
    binds,
    stdin: request.stdin,
    stderrToStdout: request.redirectStderrToStdout,
    limits: limitsOf(settings, request),
    boundDataSegment: memory === 'native',
    // A sanitizer that is compiled in insists on being the first library.
    preloads: memory === 'native' && !request.compilerOptions?.includes('-fsanitize'),
    env,
  };
}

/** As isolate has it: a run is ended past the greater of limit and extra time, and 0 lifts a limit. */
function limitsOf(settings: Settings, request: SubmissionRequest): RunLimits {
  return {
    cpuSeconds: request.cpuTimeLimit,
    cpuKillSeconds: Math.max(request.cpuTimeLimit, request.cpuExtraTime),
    wallSeconds: request.wallTimeLimit,
    idleSeconds: request.idleTimeLimit,
    memoryKb: request.memoryLimit,
    processes: request.maxProcessesAndOrThreads,
    fileBytes: (request.maxFileSize || settings.MAX_MAX_FILE_SIZE) * 1024,
    stackKb: request.stackLimit || settings.MAX_STACK_LIMIT,
    boxKb: settings.BOX_SIZE,
  };
}
