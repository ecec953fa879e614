import type { ReadOnlyBind, RunLimits } from './types.js';
import { BOX_UID, FLUSH_LIBRARY } from './system-view.js';

/** File descriptors that the engine hands to bubblewrap; programs see only 0, 1, 2 and, when compiling, 6. */
export const FD = { control: 3, info: 4, seccomp: 5, artefact: 6, firstFile: 7 } as const;

const HELPER_IN_BOX = '/judge-init';

export const BOX_ENV: Record<string, string> = {
  HOME: '/tmp',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  LANGUAGE: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
};

const DEVICE_LINKS = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
] as const;

const PRELOAD_ENV: Record<string, string> = { LD_PRELOAD: FLUSH_LIBRARY };

/** What does not change between runs. */
export interface SandboxShape {
  systemView: string[];
  /** Host path of the PID-1 helper; null = bubblewrap's own process 1 and util-linux prlimit. */
  helperPath: string | null;
  hasSeccomp: boolean;
  /** The filter has questions that the helper answers. */
  helperAnswers: boolean;
  /** How many pipes a program may have at once, where the filter asks about them. */
  pipes: number;
  /** Arguments that cover files of /proc, where nothing better closes them. */
  procCovers: string[];
  /** The system view holds the library that writes what an ended program holds back. */
  flushes: boolean;
  /** The helper polls CPU and memory itself, as no control group does. */
  helperWatches: boolean;
}

export interface BoxShape {
  limits: RunLimits;
  files: string[];
  binds: ReadOnlyBind[];
  program: string[];
  boundDataSegment: boolean;
  env?: Record<string, string> | undefined;
  preloads: boolean;
  /** The program writes its result to the artefact descriptor. */
  handsOver: boolean;
}

/** Without the helper a shell closes what the engine itself was started with. */
const CLOSE_DESCRIPTORS =
  'keep=$1; shift; for f in /proc/self/fd/*; do n=${f##*/}; ' +
  'if [ "$n" -gt 2 ] && [ "$n" != "$keep" ] && [ "$n" != 255 ]; then eval "exec $n>&-"; fi; done; exec "$@"';

/** The complete argument list of bubblewrap for one run. */
export function bubblewrapArguments(shape: SandboxShape, box: BoxShape): string[] {
  const boxBytes = String(box.limits.boxKb * 1024);
  const args = ['--unshare-all', '--unshare-user', '--die-with-parent', '--new-session'];
  args.push('--uid', String(BOX_UID), '--gid', String(BOX_UID), '--hostname', 'box', '--clearenv');
  const preload = shape.flushes && box.preloads ? PRELOAD_ENV : {};
  for (const [name, value] of Object.entries({ ...BOX_ENV, ...preload, ...box.env }))
    args.push('--setenv', name, value);
  args.push(...shape.systemView);
  args.push('--proc', '/proc', ...shape.procCovers, ...devices(box.handsOver));
  args.push('--size', boxBytes, '--perms', '1777', '--tmpfs', '/dev/shm');
  args.push('--size', boxBytes, '--perms', '1777', '--tmpfs', '/tmp');
  args.push('--size', boxBytes, '--tmpfs', '/box');
  box.files.forEach((path, index) => {
    args.push('--perms', '0644', '--file', String(FD.firstFile + index), path);
  });
  for (const bind of box.binds) args.push('--ro-bind', bind.hostPath, bind.boxPath);
  if (shape.helperPath) {
    args.push('--ro-bind', shape.helperPath, HELPER_IN_BOX, '--as-pid-1');
    // It gives them up, for ever, before it starts the program.
    args.push('--cap-add', 'CAP_SYS_ADMIN', '--cap-add', 'CAP_SETPCAP');
  } else args.push('--block-fd', String(FD.control));
  args.push('--remount-ro', '/', '--chdir', '/box', '--info-fd', String(FD.info));
  if (shape.hasSeccomp && !shape.helperPath) args.push('--seccomp', String(FD.seccomp));
  args.push('--', ...innerCommand(shape, box));
  return args;
}

/**
 * An own /dev, made by hand as bubblewrap's has terminals, too. While a compiler runs nothing there is endless: its
 * random bytes are a file (FD.random), and there are no others.
 */
function devices(compiles: boolean): string[] {
  const nodes = ['null', ...(compiles ? [] : ['zero', 'full', 'random', 'urandom'])];
  const args = nodes.flatMap((name) => ['--dev-bind', `/dev/${name}`, `/dev/${name}`]);
  for (const [name, target] of DEVICE_LINKS) args.push('--symlink', target, `/dev/${name}`);
  return args;
}

/** Limits per process are set inside: set outside, RLIMIT_NPROC would make bubblewrap itself fail. */
function innerCommand(shape: SandboxShape, box: BoxShape): string[] {
  const { limits } = box;
  // One more for process 1, which runs under the same uid.
  const processes = limits.processes + 1;
  if (!shape.helperPath) {
    return [
      '/usr/bin/prlimit',
      '--core=0',
      '--memlock=65536',
      '--msgqueue=0',
      `--stack=${limits.stackKb * 1024}`,
      '--nofile=512',
      `--fsize=${limits.fileBytes}`,
      `--nproc=${processes}`,
      '--',
      '/bin/bash',
      '-c',
      CLOSE_DESCRIPTORS,
      'bash',
      String(box.handsOver ? FD.artefact : 0),
      ...box.program,
    ];
  }
  const args = [HELPER_IN_BOX, String(FD.control), `nproc=${processes}`, `fsize=${limits.fileBytes}`];
  args.push(`stack=${limits.stackKb * 1024}`, 'nofile=512', `keep=${box.handsOver ? FD.artefact : 0}`);
  if (shape.hasSeccomp) {
    args.push(`filter=${FD.seccomp}`, `answers=${shape.helperAnswers ? 1 : 0}`, `pipes=${shape.pipes}`);
  }
  if (shape.helperWatches) {
    args.push('watch=1', `mem_kb=${limits.memoryKb}`, 'inodes=100000');
    if (limits.cpuSeconds > 0) args.push(`cpu_us=${Math.round(limits.cpuKillSeconds * 1e6)}`);
    // Twice the limit only slows a hog down until the next poll, which judges the real use.
    if (box.boundDataSegment) args.push(`data=${limits.memoryKb * 2048}`);
  }
  args.push('--', ...box.program);
  return args;
}
