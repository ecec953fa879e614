import { CHECKED, REFUSED, type SyscallNumbers, UNKNOWN } from './syscalls.js';

/** Classic BPF opcodes of linux/bpf_common.h, as seccomp uses them. */
const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_SET = 0x45;
const JUMP_GREATER_EQUAL = 0x35;
const RETURN = 0x06;

const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const REFUSE = 0x00050000 | 1; // EPERM
const PRETEND_UNKNOWN = 0x00050000 | 38; // ENOSYS

/** Offsets in struct seccomp_data; arguments are little-endian 64-bit words. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const argument = (index: number) => 16 + 8 * index;

const MACHINES: Record<string, { audit: number; column: 0 | 1; x32: boolean }> = {
  x64: { audit: 0xc000003e, column: 0, x32: true },
  arm64: { audit: 0xc00000b7, column: 1, x32: false },
};

const NAMESPACE_FLAGS = 0x7e020000;
const TERMINAL_INJECTION = [0x5412, 0x541c]; // TIOCSTI, TIOCLINUX
/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK (runtimes list interfaces by it); AF_VSOCK and AF_ALG know no namespace. */
const SOCKET_FAMILIES = [1, 2, 10, 16];
/** What interpreters set: plain Linux, without address randomization, or a question. */
const PERSONALITIES = [0, 0x0040000, 0xffffffff];

type Instruction = [code: number, whenTrue: number, whenFalse: number, value: number];

export interface FilterOptions {
  /** Refuse memfd_create, whose memory no process shows, where no control group counts it. */
  hideMemfd: boolean;
}

/**
 * A seccomp filter for bubblewrap's --seccomp: allow by default, refuse what learners' programs do not need.
 * @returns null on machines whose system call numbers are not known here
 */
export function seccompFilter(arch: string, options: FilterOptions): Buffer | null {
  const machine = MACHINES[arch];
  if (!machine) return null;
  const program: Instruction[] = [
    [LOAD, 0, 0, ARCHITECTURE],
    [JUMP_EQUAL, 1, 0, machine.audit],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD, 0, 0, NUMBER],
  ];
  // The x32 interface has the same calls under other numbers.
  if (machine.x32) program.push([JUMP_GREATER_EQUAL, 0, 1, 0x40000000], [RETURN, 0, 0, KILL_PROCESS]);
  const each = (table: Record<string, SyscallNumbers>, answer: number) => {
    for (const numbers of Object.values(table)) {
      const number = numbers[machine.column];
      if (number !== null) program.push([JUMP_EQUAL, 0, 1, number], [RETURN, 0, 0, answer]);
    }
  };
  each(REFUSED, REFUSE);
  each(UNKNOWN, PRETEND_UNKNOWN);
  if (options.hideMemfd) each({ memfd_create: CHECKED.memfd_create }, PRETEND_UNKNOWN);
  for (const check of argumentChecks(machine.column)) program.push(...check);
  program.push([RETURN, 0, 0, ALLOW]);
  return encode(program);
}

function argumentChecks(column: 0 | 1): Instruction[][] {
  return [
    whenCalled(CHECKED.clone[column], [
      [LOAD, 0, 0, argument(0)],
      [JUMP_SET, 0, 1, NAMESPACE_FLAGS],
      [RETURN, 0, 0, REFUSE],
      [RETURN, 0, 0, ALLOW],
    ]),
    whenCalled(CHECKED.ioctl[column], [
      [LOAD, 0, 0, argument(1)],
      ...oneOf(TERMINAL_INJECTION, REFUSE, ALLOW),
    ]),
    whenCalled(CHECKED.socket[column], [[LOAD, 0, 0, argument(0)], ...oneOf(SOCKET_FAMILIES, ALLOW, REFUSE)]),
    whenCalled(CHECKED.personality[column], [
      [LOAD, 0, 0, argument(0)],
      ...oneOf(PERSONALITIES, ALLOW, REFUSE),
    ]),
  ];
}

/** The body, which must end in a return, only for this call; the accumulator holds the number before and after. */
function whenCalled(number: number, body: Instruction[]): Instruction[] {
  return [[JUMP_EQUAL, 0, body.length, number], ...body];
}

function oneOf(values: number[], found: number, otherwise: number): Instruction[] {
  const tests = values.flatMap((value): Instruction[] => [
    [JUMP_EQUAL, 0, 1, value],
    [RETURN, 0, 0, found],
  ]);
  return [...tests, [RETURN, 0, 0, otherwise]];
}

function encode(program: Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, whenTrue, whenFalse, value], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(whenTrue, index * 8 + 2);
    bytes.writeUInt8(whenFalse, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  return bytes;
}
