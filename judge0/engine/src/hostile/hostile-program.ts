/** Judge0's ids of the languages that hostile programs are written in. */
export const LANG = { bash: 46, c: 50, cpp: 54, java: 62, node: 63, python: 71, multi: 89 } as const;

/** What must happen to a hostile program. */
export interface Expectation {
  /** Ids of the statuses that are right. */
  status: number[];
  /** What it must (or must never) have written to standard output. */
  stdout?: RegExp;
  never?: RegExp;
  hint?: 'memory_limit_exceeded' | 'output_limit_exceeded';
}

export interface HostileProgram {
  name: string;
  language: number;
  source: string | null;
  /** Other fields of the submission. */
  fields?: Record<string, unknown>;
  expect: Expectation;
}

/** Short limits, so that the whole suite ends in minutes. */
export const SHORT = { cpu_time_limit: 1, cpu_extra_time: 0, wall_time_limit: 3 };

export const ACCEPTED = [3];
export const TIMED_OUT = [5];
export const COMPILE_ERROR = [6];
export const CRASHED = [7, 8, 9, 10, 11, 12];
export const CRASHED_OR_TIMED_OUT = [5, ...CRASHED];
/** Any verdict on the program, but never a failure of the engine. */
export const CONTAINED = [3, 5, ...CRASHED];

/** A hostile program in C with the usual headers. */
export function inC(
  name: string,
  body: string,
  expect: Expectation,
  fields: Record<string, unknown> = SHORT,
): HostileProgram {
  const source = `${HEADERS}\n${body}`;
  return { name, language: LANG.c, source, fields, expect };
}

/** A program that makes one system call and writes its result and errno; it must be refused or unknown. */
export function refusedCall(name: string, call: string): HostileProgram {
  const body = `int main(){errno=0;long r=${call};printf("%ld %d\\n",r,errno);}`;
  return inC(`kernel: ${name}`, body, { status: ACCEPTED, stdout: /^-1 (1|2|13|22|25|30|38|95|97)\n$/ });
}

const HEADERS = [
  '#define _GNU_SOURCE',
  ...[
    'stdio',
    'stdlib',
    'string',
    'unistd',
    'errno',
    'fcntl',
    'signal',
    'pthread',
    'sched',
    'time',
    'dirent',
  ].map((name) => `#include <${name}.h>`),
  ...[
    'mman',
    'socket',
    'stat',
    'wait',
    'shm',
    'ipc',
    'syscall',
    'mount',
    'ptrace',
    'ioctl',
    'resource',
    'un',
    'uio',
  ].map((name) => `#include <sys/${name}.h>`),
].join('\n');
