/** One language as it is declared; commands may name tools as {tool} and take the values of CommandValues. */
export interface LanguageSpec {
  /** Judge0's id. */
  id: number;
  /** Name before the version, as in "Python (3.11.2)"; alone when there is no version. */
  label: string;
  /** What stands before the version where that is not the language itself, as GCC in "C (GCC 12.2.0)". */
  toolName?: string;
  sourceFile: string | null;
  /** Shell command; %s stands for the caller's compiler options. */
  compile?: string;
  run: string;
  /** The one file that a compile leaves for the run; absent = everything in the box. */
  artefact?: string;
  /** Candidates for each tool, first existing one wins; only system paths, as shims of version managers lie. */
  tools: Record<string, string[]>;
  /** Command (of the tools) and pattern that tell the true version; absent for languages without a tool. */
  version?: { command: string[]; pattern: RegExp };
  /** Debian packages that bring the tools. */
  packages: string[];
  /** Entries of /etc that the tools need; a trailing * matches any rest. */
  etc?: string[];
  /** Folders outside /usr that the tools need, shown read-only. */
  folders?: string[];
  /** managed = reserves far more address space than it uses, so only real use may be limited. */
  memory: 'native' | 'managed';
  /** Environment for compile and run. */
  env?: Record<string, string>;
  /** Belongs to the school set of `make languages`. */
  school?: true;
}

/** Values that a command may take from the limits of the run. */
export interface CommandValues {
  /** kB that a managed heap may take, leaving room for the runtime itself. */
  heap: number;
}

/** A declared language on this machine. */
export interface Language {
  spec: LanguageSpec;
  name: string;
  installed: boolean;
  /** Command lines with the tools' paths in place. */
  compile: string | null;
  run: string;
}

/** Room that a managed runtime needs besides its heap, in kB. */
const RUNTIME_KB = 64_000;

/** Puts the values of a run into a command of a Language. */
export function fillCommand(command: string, memoryLimitKb: number): string {
  const heap = Math.round(Math.max(memoryLimitKb / 2, memoryLimitKb - RUNTIME_KB));
  return command.replaceAll('{heap}', String(heap));
}
