import type { Ran } from '../compose/command.js';
import type { FileEntry, FileOwner, Machine, ServedCertificate } from './machine.js';

/** A machine that is a recording: what its programs answered, and what its files held. For tests. */
export interface Recording {
  /** By the beginning of the command; the longest that fits counts. A program that is not here is not installed. */
  programs?: Record<string, Partial<Ran>>;
  files?: Record<string, string | null>;
  modes?: Record<string, number>;
  owners?: Record<string, FileOwner>;
  folders?: Record<string, FileEntry[]>;
  names?: Record<string, string[]>;
  addresses?: string[];
  portOwners?: Record<number, string>;
  certificate?: ServedCertificate | null;
  now?: Date;
}

const json = (value: unknown): Partial<Ran> => ({ stdout: `${JSON.stringify(value)}\n` });

/** Debian 12 with Docker's own packages, as it came: nothing of ours runs. */
export const healthyRecording: Recording = {
  programs: {
    'docker version': json({ Client: { Version: '28.5.1' }, Server: { Version: '28.5.1' } }),
    'docker info': json({
      DockerRootDir: '/var/lib/docker',
      CgroupVersion: '2',
      SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
      Architecture: 'x86_64',
    }),
    'docker compose version': { stdout: '2.40.2\n' },
    'docker compose config': {},
    'docker compose config --images': { stdout: 'redis:8-alpine\ncoding-platform/api:local\n' },
    'docker compose ps': {},
    'docker compose ls': {},
    'docker image ls': { stdout: 'redis:8-alpine\ncoding-platform/api:local\n' },
    'docker volume ls': {},
    'docker ps': {},
    find: {},
    nproc: { stdout: '4\n' },
    'uname -rm': { stdout: '6.1.0-40-amd64 x86_64\n' },
    'uname -m': { stdout: 'x86_64\n' },
    'df -Pk': {
      stdout:
        'Filesystem     1024-blocks     Used Available Capacity Mounted on\n/dev/sda1        102687672 20132052  77293420      21% /\n',
    },
    'df -Pi': {
      stdout:
        'Filesystem      Inodes  IUsed   IFree IUse% Mounted on\n/dev/sda1      6553600 231544 6322056    4% /\n',
    },
    'df --output=fstype': { stdout: 'Type\next4\n' },
    'timedatectl show': {
      stdout: 'Timezone=Etc/UTC\nLocalRTC=no\nCanNTP=yes\nNTP=yes\nNTPSynchronized=yes\n',
    },
  },
  files: {
    '/proc/meminfo':
      'MemTotal:       16384000 kB\nMemFree:         9000000 kB\nMemAvailable:   13000000 kB\n',
    '/proc/net/tcp':
      '  sl  local_address rem_address   st\n   0: 00000000:0016 00000000:0000 0A 0 0 0 0 0 1\n',
    '/proc/sys/user/max_user_namespaces': '63231\n',
    '/proc/cgroups': '#subsys_name hierarchy num_cgroups enabled\n',
    '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory hugetlb pids rdma misc\n',
  },
  modes: {},
  addresses: ['127.0.0.1', '192.168.1.10'],
  names: { 'code.school.example': ['192.168.1.10'] },
  now: new Date('2026-11-23T10:00:00Z'),
};

const answerOf = (programs: Record<string, Partial<Ran>>, command: string): Ran => {
  const best = Object.keys(programs)
    .filter((begin) => command.startsWith(begin))
    .sort((a, b) => b.length - a.length)[0];
  if (best === undefined) return { code: 127, stdout: '', stderr: `${command.split(' ')[0]}: not found` };
  return { code: 0, stdout: '', stderr: '', ...programs[best] };
};

/** The healthy machine with these differences. */
export const recordedMachine = (recording: Recording = {}): Machine => {
  const merged = { ...healthyRecording, ...recording };
  const programs = { ...healthyRecording.programs, ...recording.programs };
  const files = { ...healthyRecording.files, ...recording.files };
  const answer = <T>(value: T) => Promise.resolve(value);
  return {
    run: (program, args) => answer(answerOf(programs, [program, ...args].join(' '))),
    readText: (file) => answer(files[file] ?? null),
    modeOf: (file) => answer(merged.modes?.[file] ?? null),
    ownerOf: (file) => answer(merged.owners?.[file] ?? null),
    list: (folder) => answer(merged.folders?.[folder] ?? []),
    lookup: (name) => answer(merged.names?.[name] ?? []),
    addresses: () => merged.addresses ?? [],
    programAt: (port) => merged.portOwners?.[port] ?? null,
    certificateAt: () => answer(merged.certificate ?? null),
    now: () => merged.now ?? new Date(),
  };
};
