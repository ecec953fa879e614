/** Limits of one run. Times in seconds, 0 CPU seconds = no CPU limit; sizes in the unit the name says. */
export interface RunLimits {
  cpuSeconds: number;
  /** The run is ended past this CPU time; between the two it may finish and is judged too slow. */
  cpuKillSeconds: number;
  wallSeconds: number;
  /** A program that has only waited is ended after this time; null: it may wait as long as the wall limit says. */
  idleSeconds: number | null;
  memoryKb: number;
  processes: number;
  fileBytes: number;
  stackKb: number;
  boxKb: number;
}

/** A read-only file or folder of the host inside the box. */
export interface ReadOnlyBind {
  hostPath: string;
  boxPath: string;
}

/** One place where a box can stand; its uid belongs to nobody else while it runs. */
export interface Slot {
  index: number;
  uid: number;
  /** Where the run's nameless input and output files are made. */
  folder: string;
}

/** A file that the box gets a copy of. */
export interface BoxFile {
  /** Absolute inside the box. */
  path: string;
  data: Buffer;
}

export interface RunRequest extends RunShape {
  slot: Slot;
  /** Asked when the box stands; the program starts when it resolves. */
  turn: () => Promise<void>;
  /** Aborted, the program is ended at once. */
  signal?: AbortSignal | undefined;
}

/** What is to be run, wherever that will be. */
export interface RunShape {
  /** Program and arguments, looked up inside the box. */
  program: string[];
  /** Files put in place before anything runs. */
  files: BoxFile[];
  binds: ReadOnlyBind[];
  stdin: Buffer | null;
  stderrToStdout: boolean;
  limits: RunLimits;
  /** RLIMIT_DATA where no control group holds the memory; wrong for runtimes that reserve much and use little. */
  boundDataSegment: boolean;
  /** Preload what writes the output that the program holds back when it is ended; not into large virtual machines. */
  preloads: boolean;
  /** Environment besides the one that every box has. */
  env?: Record<string, string> | undefined;
  /** Host file that receives what the program writes to file descriptor 6. */
  artefactPath?: string;
}

/** Why a run ended before its program did. */
export type EndedBy = 'program' | 'cpu' | 'wall' | 'memory' | 'disk' | 'cancelled';

export interface RunReport {
  endedBy: EndedBy;
  /** Of the started program itself; 0 when it was ended. */
  exitCode: number;
  /** Signal that ended the started program, or null. */
  signal: number | null;
  cpuSeconds: number;
  wallSeconds: number;
  memoryKb: number;
  outOfMemory: boolean;
  stdout: Buffer;
  stderr: Buffer;
  /**
   * Resolves when nothing of the box is left. Until then the artefact may be open for writing, and the kernel refuses
   * to run such a file (ETXTBSY).
   */
  buried: Promise<void>;
}

/** The sandbox itself failed; never the learner's fault. */
export class SandboxError extends Error {
  override name = 'SandboxError';
}
