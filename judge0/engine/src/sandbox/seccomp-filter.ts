import {
  ANSWERED,
  CHECKED,
  COUNTED,
  IGNORED,
  REFUSED,
  type SyscallNumbers,
  UNCOUNTABLE,
  UNKNOWN,
} from './syscalls.js';

/** Classic BPF opcodes of linux/bpf_common.h, as seccomp uses them. */
const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_SET = 0x45;
const JUMP_GREATER_EQUAL = 0x35;
const RETURN = 0x06;
const AND = 0x54;

const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const ERROR = 0x00050000;
const REFUSE = ERROR | 1; // EPERM
const PRETEND_UNKNOWN = ERROR | 38; // ENOSYS
const INVALID = ERROR | 22; // EINVAL
const NOT_FOR_THIS_FILE = ERROR | 25; // ENOTTY
const NOT_SUPPORTED = ERROR | 95; // EOPNOTSUPP
/** Errno 0: the program is told that it was done. */
const PRETEND_DONE = ERROR;
const ASK_PROCESS_1 = 0x7fc00000;

/** Offsets in struct seccomp_data; arguments are little-endian 64-bit words. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const argument = (index: number) => 16 + 8 * index;

const MACHINES: Record<string, { audit: number; column: 0 | 1; x32: boolean }> = {
  x64: { audit: 0xc000003e, column: 0, x32: true },
  arm64: { audit: 0xc00000b7, column: 1, x32: false },
};

/** Namespaces, and CLONE_PIDFD: the inode numbers of such descriptors count the machine's processes. */
const CLONE_REFUSED = 0x7e021000;
const CLONE_FILES = 0x400;
const CLONE_THREAD = 0x10000;
const TERMINAL_INJECTION = [0x5412, 0x541c]; // TIOCSTI, TIOCLINUX
/** The kind of an ioctl is its second byte: terminals and sockets; others reach into file systems and devices. */
const IOCTL_KIND = 0xff00;
const IOCTL_KINDS = [0x5400, 0x8900];
/** F_GETLK, F_SETLK, F_SETLKW and their open-file-description forms. */
const ASK_LOCK = [5, 36];
const LOCK = [6, 7, 37, 38];
/** F_DUPFD to F_SETFL, F_SETOWN to F_GETSIG, F_SETOWN_EX, F_GETOWN_EX, F_DUPFD_QUERY, F_DUPFD_CLOEXEC, F_GETPIPE_SZ, seals. */
const FCNTL = [0, 1, 2, 3, 4, 8, 9, 10, 11, 15, 16, 1027, 1030, 1032, 1033, 1034];
/** S_IFMT and S_IFIFO. */
const [FILE_KIND, FIFO] = [0xf000, 0x1000];
const FUTEX_PRIVATE = 0x80;
const FUTEX_COMMAND = 0x7f;
/** FUTEX_WAIT and FUTEX_WAKE with and without bit sets; a page that is only read may belong to a file of all boxes. */
const FUTEX_SHARED = [0, 1, 9, 10];
/** Priority inheritance writes to its futex, so that is no page of a shared file. */
const FUTEX_PI = [6, 7, 8, 13];
/** MADV_MERGEABLE finds equal pages of others; MADV_COLD and MADV_PAGEOUT act on the machine's page cache. */
const ADVICE_REFUSED = [12, 20, 21];
/** PR_SET_MEMORY_MERGE, as MADV_MERGEABLE. */
const PRCTL_REFUSED = [67];
/** AF_UNIX, AF_INET, AF_INET6; AF_VSOCK and AF_ALG know no namespace. */
const SOCKET_FAMILIES = [1, 2, 10];
/** Of netlink, only the protocol by which runtimes list interfaces. */
const [AF_NETLINK, NETLINK_ROUTE] = [16, 0];
/** What interpreters set: plain Linux, without address randomization, or a question. */
const PERSONALITIES = [0, 0x0040000, 0xffffffff];

type Instruction = [code: number, whenTrue: number, whenFalse: number, value: number];

export interface FilterOptions {
  /** Refuse memfd_create, whose memory no process shows, where no control group counts it. */
  hideMemfd: boolean;
  /** Process 1 answers what needs knowledge of the box; without it such calls get one answer for all files. */
  process1Answers: boolean;
  /** Each box has a uid of its own, so that what the kernel limits per user is limited per box. */
  ownUid: boolean;
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
  each(IGNORED, PRETEND_DONE);
  const { flock, ...machineState } = ANSWERED;
  each({ flock }, options.process1Answers ? ASK_PROCESS_1 : PRETEND_DONE);
  each(machineState, options.process1Answers ? ASK_PROCESS_1 : PRETEND_UNKNOWN);
  if (!options.ownUid) {
    each(UNCOUNTABLE, REFUSE);
    if (options.process1Answers) each(COUNTED, ASK_PROCESS_1);
  }
  if (options.hideMemfd) each({ memfd_create: CHECKED.memfd_create }, PRETEND_UNKNOWN);
  for (const check of argumentChecks(machine.column, options)) program.push(...check);
  program.push([RETURN, 0, 0, ALLOW]);
  return encode(program);
}

function argumentChecks(column: 0 | 1, { process1Answers, ownUid }: FilterOptions): Instruction[][] {
  const makeFifo = ownUid ? ALLOW : process1Answers ? ASK_PROCESS_1 : REFUSE;
  const fifoCheck = (number: number | null, mode: number) =>
    number === null
      ? []
      : [
          whenCalled(number, [
            [LOAD, 0, 0, argument(mode)],
            [AND, 0, 0, FILE_KIND],
            ...oneOf([FIFO], makeFifo, ALLOW),
          ]),
        ];
  return [
    ...fifoCheck(CHECKED.mknod[column], 1),
    ...fifoCheck(CHECKED.mknodat[column], 2),
    whenCalled(CHECKED.clone[column], [
      [LOAD, 0, 0, argument(0)],
      [JUMP_SET, 0, 1, CLONE_REFUSED],
      [RETURN, 0, 0, REFUSE],
      // Only threads share descriptors: process 1 relies on it.
      [JUMP_SET, 0, 2, CLONE_FILES],
      [JUMP_SET, 1, 0, CLONE_THREAD],
      [RETURN, 0, 0, INVALID],
      [RETURN, 0, 0, ALLOW],
    ]),
    whenCalled(CHECKED.fcntl[column], [
      [LOAD, 0, 0, argument(1)],
      ...whenOneOf(LOCK, process1Answers ? ASK_PROCESS_1 : PRETEND_DONE),
      ...whenOneOf(ASK_LOCK, process1Answers ? ASK_PROCESS_1 : INVALID),
      ...oneOf(FCNTL, ALLOW, INVALID),
    ]),
    whenCalled(CHECKED.futex[column], [
      [LOAD, 0, 0, argument(1)],
      [JUMP_SET, 0, 1, FUTEX_PRIVATE],
      [RETURN, 0, 0, ALLOW],
      [AND, 0, 0, FUTEX_COMMAND],
      ...whenOneOf(FUTEX_SHARED, process1Answers ? ASK_PROCESS_1 : ALLOW),
      ...oneOf(FUTEX_PI, ALLOW, PRETEND_UNKNOWN),
    ]),
    whenCalled(CHECKED.ioctl[column], [
      [LOAD, 0, 0, argument(1)],
      ...whenOneOf(TERMINAL_INJECTION, REFUSE),
      [AND, 0, 0, IOCTL_KIND],
      ...oneOf(IOCTL_KINDS, ALLOW, NOT_FOR_THIS_FILE),
    ]),
    whenCalled(CHECKED.socket[column], [
      [LOAD, 0, 0, argument(0)],
      ...whenOneOf(SOCKET_FAMILIES, ALLOW),
      [JUMP_EQUAL, 1, 0, AF_NETLINK],
      [RETURN, 0, 0, REFUSE],
      [LOAD, 0, 0, argument(2)],
      ...oneOf([NETLINK_ROUTE], ALLOW, REFUSE),
    ]),
    whenCalled(CHECKED.personality[column], [
      [LOAD, 0, 0, argument(0)],
      ...oneOf(PERSONALITIES, ALLOW, REFUSE),
    ]),
    whenCalled(CHECKED.madvise[column], [
      [LOAD, 0, 0, argument(2)],
      ...oneOf(ADVICE_REFUSED, INVALID, ALLOW),
    ]),
    whenCalled(CHECKED.prctl[column], [[LOAD, 0, 0, argument(0)], ...oneOf(PRCTL_REFUSED, INVALID, ALLOW)]),
    // Flags of reads tell what is in the page cache.
    ...[CHECKED.preadv2, CHECKED.pwritev2].map((numbers) =>
      whenCalled(numbers[column], [[LOAD, 0, 0, argument(5)], ...oneOf([0], ALLOW, NOT_SUPPORTED)]),
    ),
  ];
}

/** The body, which must end in a return, only for this call; the accumulator holds the number before and after. */
function whenCalled(number: number, body: Instruction[]): Instruction[] {
  return [[JUMP_EQUAL, 0, body.length, number], ...body];
}

function whenOneOf(values: number[], found: number): Instruction[] {
  return values.flatMap((value): Instruction[] => [
    [JUMP_EQUAL, 0, 1, value],
    [RETURN, 0, 0, found],
  ]);
}

function oneOf(values: number[], found: number, otherwise: number): Instruction[] {
  return [...whenOneOf(values, found), [RETURN, 0, 0, otherwise]];
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
