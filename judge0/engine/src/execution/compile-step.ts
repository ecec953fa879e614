import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import type { Settings } from '../config.js';
import type { Language } from '../languages/language.js';
import type { PrecompiledHeaders } from '../languages/precompiled-headers.js';
import type { RunReport, RunShape } from '../sandbox/types.js';
import type { SubmissionRequest } from '../submissions/submission.js';
import { type BoxContent, archiveFiles, sourceFiles } from './box-content.js';
import type { Compiled } from './compile-cache.js';
import { compileCommand, shellProgram } from './scripts.js';

/** Largest file that a compiler may write, in bytes: the program itself, not the learner's output. */
const COMPILED_FILE_BYTES = 64 * 1024 * 1024;
const COMPILE_PROCESSES = 200;
const COMPILE_BOX_FACTOR = 4;
/** Stands for the endless device while a compiler runs, which could be told to include it. */
const randomDevice = () => ({ path: '/dev/urandom', data: randomBytes(4096) });

/** The run that compiles: script null means that the box brings its own. */
export function compileRun(
  settings: Settings,
  request: SubmissionRequest,
  language: Language,
  content: BoxContent,
  path: string,
  headers: PrecompiledHeaders,
): RunShape {
  const extra = headers.for(language);
  const script =
    content.compileScript === null
      ? []
      : [{ path: '/box/compile', data: Buffer.from(content.compileScript) }];
  return {
    program: shellProgram(
      compileCommand(language.spec.artefact),
      content.archive ? [content.archive.path] : [],
    ),
    files: [randomDevice(), ...sourceFiles(request, language), ...script, ...archiveFiles(content)],
    binds: extra.binds,
    stdin: null,
    stderrToStdout: true,
    limits: {
      cpuSeconds: settings.COMPILE_CPU_TIME_LIMIT,
      cpuKillSeconds: settings.COMPILE_CPU_TIME_LIMIT,
      wallSeconds: settings.COMPILE_WALL_TIME_LIMIT,
      idleSeconds: null,
      memoryKb: settings.COMPILE_MEMORY_LIMIT,
      processes: COMPILE_PROCESSES,
      fileBytes: COMPILED_FILE_BYTES,
      stackKb: settings.MAX_STACK_LIMIT,
      boxKb: settings.BOX_SIZE * COMPILE_BOX_FACTOR,
    },
    boundDataSegment: false,
    preloads: false,
    env: { ...language.spec.env, ...extra.env },
    artefactPath: path,
  };
}

/** What the report of a compile means. */
export function compiledOf(report: RunReport, path: string, maxOutput: number): Compiled {
  const succeeded = report.endedBy === 'program' && report.exitCode === 0 && report.signal === null;
  if (!succeeded) rmSync(path, { force: true });
  return {
    succeeded,
    output: compileOutput(report).subarray(0, maxOutput),
    artefactPath: succeeded && existsSync(path) && statSync(path).size > 0 ? path : null,
    cacheable: report.endedBy === 'program' && !report.outOfMemory,
  };
}

function compileOutput(report: RunReport): Buffer {
  if (report.endedBy === 'cpu' || report.endedBy === 'wall')
    return Buffer.from('Compilation time limit exceeded.');
  const silent = report.stdout.length === 0 && report.endedBy === 'memory';
  return silent ? Buffer.from('Compilation memory limit exceeded.') : report.stdout;
}
