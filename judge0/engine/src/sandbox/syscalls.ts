/** A system call's number on x64 and on arm64; null where it does not exist. */
export type SyscallNumbers = readonly [number | null, number | null];

/** Calls that no learner's program needs and that reach deep into the kernel: refused with EPERM. */
export const REFUSED: Record<string, SyscallNumbers> = {
  acct: [163, 89],
  add_key: [248, 217],
  adjtimex: [159, 171],
  bpf: [321, 280],
  chroot: [161, 51],
  clock_adjtime: [305, 266],
  clock_settime: [227, 112],
  delete_module: [176, 106],
  fanotify_init: [300, 262],
  finit_module: [313, 273],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fsopen: [430, 430],
  fspick: [433, 433],
  get_mempolicy: [239, 236],
  init_module: [175, 105],
  ioperm: [173, null],
  iopl: [172, null],
  kcmp: [312, 272],
  kexec_file_load: [320, 294],
  kexec_load: [246, 104],
  keyctl: [250, 219],
  lookup_dcookie: [212, 18],
  mbind: [237, 235],
  memfd_secret: [447, 447],
  migrate_pages: [256, 238],
  modify_ldt: [154, null],
  mount: [165, 40],
  mount_setattr: [442, 442],
  move_mount: [429, 429],
  move_pages: [279, 239],
  name_to_handle_at: [303, 264],
  nfsservctl: [180, 42],
  open_by_handle_at: [304, 265],
  open_tree: [428, 428],
  perf_event_open: [298, 241],
  pidfd_getfd: [438, 438],
  pivot_root: [155, 41],
  process_madvise: [440, 440],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  ptrace: [101, 117],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  reboot: [169, 142],
  request_key: [249, 218],
  set_mempolicy: [238, 237],
  setdomainname: [171, 162],
  sethostname: [170, 161],
  setns: [308, 268],
  settimeofday: [164, 170],
  swapoff: [168, 225],
  swapon: [167, 224],
  syslog: [103, 116],
  umount2: [166, 39],
  unshare: [272, 97],
  userfaultfd: [323, 282],
  ustat: [136, null],
  vhangup: [153, 58],
};

/**
 * Refused as if the kernel did not have them, so that libraries fall back: clone3 hides its flags from a filter,
 * io_uring does file and network calls past it, and the others watch or ask for what all boxes share.
 */
export const UNKNOWN: Record<string, SyscallNumbers> = {
  cachestat: [451, 451],
  clone3: [435, 435],
  file_getattr: [468, 468],
  file_setattr: [469, 469],
  futex_requeue: [456, 456],
  futex_wait: [455, 455],
  futex_waitv: [449, 449],
  futex_wake: [454, 454],
  inotify_add_watch: [254, 27],
  inotify_init: [253, null],
  inotify_init1: [294, 26],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  io_uring_setup: [425, 425],
  listmount: [458, 458],
  listns: [470, 470],
  mincore: [27, 232],
  pidfd_open: [434, 434],
  statmount: [457, 457],
};

/** Advice about the machine's page cache and disks: done without doing anything. */
export const IGNORED: Record<string, SyscallNumbers> = {
  fadvise64: [221, 223],
  readahead: [187, 213],
  sync: [162, 81],
  sync_file_range: [277, 84],
  syncfs: [306, 267],
};

/** Calls about state of the machine, answered by process 1, which knows what belongs to the box. */
export const ANSWERED = {
  flock: [73, 32],
  fstatfs: [138, 44],
  statfs: [137, 43],
  sysinfo: [99, 179],
} as const satisfies Record<string, SyscallNumbers>;

/** Calls that a limit of the user stands behind, which boxes of one user share: answered by process 1. */
export const COUNTED = {
  pipe: [22, null],
  pipe2: [293, 59],
} as const satisfies Record<string, SyscallNumbers>;

/** As COUNTED, but nobody can look at what is counted, descriptors in flight: refused. */
export const UNCOUNTABLE = {
  sendmmsg: [307, 269],
  sendmsg: [46, 211],
} as const satisfies Record<string, SyscallNumbers>;

/** Calls that are allowed depending on one of their arguments. */
export const CHECKED = {
  clone: [56, 220],
  fcntl: [72, 25],
  futex: [202, 98],
  ioctl: [16, 29],
  madvise: [28, 233],
  memfd_create: [319, 279],
  mknod: [133, null],
  mknodat: [259, 33],
  personality: [135, 92],
  prctl: [157, 167],
  preadv2: [327, 286],
  pwritev2: [328, 287],
  socket: [41, 198],
} as const satisfies Record<string, SyscallNumbers>;
