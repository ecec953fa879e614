import type { Lane } from '../execution/slots.js';

/** What a caller asks for, checked and with defaults filled in. Times in seconds, sizes in kB. */
export interface SubmissionRequest {
  sourceCode: Buffer | null;
  languageId: number;
  stdin: Buffer | null;
  expectedOutput: Buffer | null;
  compilerOptions: string | null;
  commandLineArguments: string | null;
  numberOfRuns: number;
  cpuTimeLimit: number;
  cpuExtraTime: number;
  wallTimeLimit: number;
  memoryLimit: number;
  stackLimit: number;
  maxProcessesAndOrThreads: number;
  perProcessTimeLimit: boolean;
  perProcessMemoryLimit: boolean;
  maxFileSize: number;
  redirectStderrToStdout: boolean;
  enableNetwork: boolean;
  callbackUrl: string | null;
  /** A zip. */
  additionalFiles: Buffer | null;
  /** Seconds after which a program that has only waited is ended; null: as long as wallTimeLimit. */
  idleTimeLimit: number | null;
  lane: Lane;
  /** What can be cancelled together; null: this one cannot. */
  group: string | null;
}

/** What Judge0 has no status for, told in an extra field: a limit that the program ran into, or that it was cancelled. */
export type LimitHint = 'memory_limit_exceeded' | 'output_limit_exceeded' | 'cancelled';

/** What the engine found out; null where nothing was run or nothing was written. */
export interface SubmissionResult {
  statusId: number;
  stdout: Buffer | null;
  stderr: Buffer | null;
  compileOutput: Buffer | null;
  message: string | null;
  exitCode: number | null;
  exitSignal: number | null;
  /** CPU seconds. */
  time: number | null;
  wallTime: number | null;
  /** Peak in kB. */
  memory: number | null;
  limitHint: LimitHint | null;
}

export interface Submission {
  token: string;
  request: SubmissionRequest;
  result: SubmissionResult;
  createdAt: Date;
  finishedAt: Date | null;
}

/** The result of a submission that waits. */
export function emptyResult(statusId: number): SubmissionResult {
  return {
    statusId,
    stdout: null,
    stderr: null,
    compileOutput: null,
    message: null,
    exitCode: null,
    exitSignal: null,
    time: null,
    wallTime: null,
    memory: null,
    limitHint: null,
  };
}
