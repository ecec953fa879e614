import { expect, test } from '@jest/globals';
import type { Recording } from './recorded-machine.js';
import { look, problemsOf } from './recorded-school.js';

/** What it is, the check, its status, what it says, and how the machine and the settings differ. */
type Case = [name: string, id: string, status: string, says: RegExp, Recording, Record<string, string>?];

test('that is fit and set up has no problem, and the stack is not looked at', async () => {
  const { findings, issue } = await look();
  expect(problemsOf(findings)).toEqual([]);
  expect(findings.filter(({ status }) => status === 'warning')).toEqual([]);
  expect(findings.filter(({ section }) => section === 'stack').map(({ status }) => status)).not.toContain(
    'ok',
  );
  expect(issue).toBeNull();
});

const cases: Case[] = [
  ['no Docker', 'docker', 'problem', /not installed/, { programs: { 'docker version': { code: 127 } } }],
  [
    'no right to use Docker',
    'docker',
    'problem',
    /usermod -aG docker/,
    {
      programs: {
        'docker version': {
          code: 1,
          stderr: 'permission denied while trying to connect to the Docker daemon socket',
        },
      },
    },
  ],
  [
    'a Docker that is stopped',
    'docker',
    'problem',
    /systemctl start docker/,
    {
      programs: {
        'docker version': {
          code: 1,
          stdout: '{"Client":{"Version":"28.5.1"},"Server":null}',
          stderr:
            'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
        },
      },
    },
  ],
  [
    'a Docker that hangs',
    'docker',
    'problem',
    /no answer/,
    { programs: { 'docker version': { code: null } } },
  ],
  [
    'an old Docker',
    'docker',
    'problem',
    /19\.03\.15 is too old/,
    {
      programs: {
        'docker version': { stdout: '{"Client":{"Version":"19.03.15"},"Server":{"Version":"19.03.15"}}' },
      },
    },
  ],
  [
    'no Compose',
    'compose',
    'problem',
    /plugin is not installed/,
    { programs: { 'docker compose version': { code: 1 } } },
  ],
  [
    'an old Compose',
    'compose',
    'problem',
    /2\.17\.3 is too old/,
    { programs: { 'docker compose version': { stdout: 'v2.17.3\n' } } },
  ],
  [
    'an old Compose with Docker 29',
    'compose',
    'problem',
    /do not understand each other: client version 1\.43 is too old/,
    {
      programs: {
        'docker compose version': { stdout: '2.20.2\n' },
        'docker compose ls': {
          code: 1,
          stderr:
            'Error response from daemon: client version 1.43 is too old. Minimum supported API version is 1.44, please upgrade\n',
        },
      },
    },
  ],
  [
    'another processor',
    'kernel',
    'problem',
    /riscv64/,
    { programs: { 'uname -rm': { stdout: '6.8.0 riscv64\n' } } },
  ],
  [
    'Ubuntu 24.04, whose AppArmor forbids namespaces',
    'user-namespaces',
    'problem',
    /profile coding-platform-bwrap .*apparmor\.d\/coding-platform-bwrap/,
    { files: { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n' } },
  ],
  [
    'Ubuntu 24.04 with the profile',
    'user-namespaces',
    'ok',
    /bubblewrap/,
    {
      files: { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n' },
      folders: { '/etc/apparmor.d': [{ name: 'bwrap', modifiedAt: new Date(), bytes: 90 }] },
    },
  ],
  [
    'Ubuntu 25.04, under whose own profile a box was tried in vain',
    'user-namespaces',
    'problem',
    /Operation not permitted.*apparmor_parser -R .*bwrap-userns-restrict.*profile coding-platform-bwrap/s,
    {
      files: { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n' },
      folders: { '/etc/apparmor.d': [{ name: 'bwrap-userns-restrict', modifiedAt: new Date(), bytes: 9 }] },
      programs: {
        'docker image inspect --format {{.Id}} coding-platform/engine:local': {},
        'docker run --rm --pull never': {
          code: 1,
          stderr: 'bwrap: setting up uid map: Operation not permitted\n',
        },
      },
    },
  ],
  [
    'a machine on which a box was made, whatever its files say',
    'user-namespaces',
    'ok',
    /^tried/,
    {
      files: { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n' },
      programs: {
        'docker image inspect --format {{.Id}} coding-platform/engine:local': {},
        'docker run --rm --pull never': {},
      },
    },
  ],
  [
    'a hardened Debian without namespaces for users',
    'user-namespaces',
    'problem',
    /unprivileged_userns_clone=1/,
    { files: { '/proc/sys/kernel/unprivileged_userns_clone': '0\n' } },
  ],
  [
    'the official Judge0 on control groups 2',
    'cgroups',
    'problem',
    /every program that it runs fails/,
    {},
    {
      COMPOSE_PROFILES: 'judge0-official',
      JUDGE0_POSTGRES_PASSWORD: 'a'.repeat(43),
      JUDGE0_REDIS_PASSWORD: 'b'.repeat(43),
    },
  ],
  [
    'control groups 1',
    'cgroups',
    'ok',
    /version 1/,
    { programs: { 'docker info': { stdout: '{"DockerRootDir":"/var/lib/docker","CgroupVersion":"1"}' } } },
  ],
  [
    '2 GB of memory',
    'memory',
    'problem',
    /1\.9 GB/,
    { files: { '/proc/meminfo': 'MemTotal: 2015000 kB\nMemAvailable: 1500000 kB\n' } },
  ],
  [
    '4 GB of memory',
    'memory',
    'warning',
    /little for a class/,
    { files: { '/proc/meminfo': 'MemTotal: 4015000 kB\nMemAvailable: 3500000 kB\n' } },
  ],
  [
    'a full disk',
    'disk',
    'problem',
    /0\.4 of 20 GB free/,
    {
      programs: {
        'df -Pk': {
          stdout:
            'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda1 20511312 20100000 411312 98% /\n',
        },
      },
    },
  ],
  [
    'a disk without inodes',
    'disk',
    'problem',
    /inodes/,
    {
      programs: {
        'df -Pi': {
          stdout: 'Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/vda1 1310720 1310000 720 100% /\n',
        },
      },
    },
  ],
  [
    'volumes over NFS',
    'xattr',
    'problem',
    /nfs4.*uploads would fail/,
    { programs: { 'df --output=fstype': { stdout: 'Type\nnfs4\n' } } },
  ],
  [
    'another web server',
    'ports',
    'problem',
    /80 is taken by \/usr\/sbin\/apache2.*sport = :80/s,
    {
      files: {
        '/proc/net/tcp':
          '  sl  local_address rem_address   st\n   0: 00000000:0050 00000000:0000 0A 0 0 0 0 0 1\n',
      },
      portOwners: { 80: '/usr/sbin/apache2 -k start' },
    },
  ],
  [
    'another container at the port',
    'ports',
    'problem',
    /443 is taken by moodle-proxy \(nginx:1\)/,
    {
      files: {
        '/proc/net/tcp6': 'sl local\n 0: 00000000000000000000000000000000:01BB 0:0 0A 0 0 0 0 0 1\n',
      },
      programs: { 'docker ps': { stdout: 'moodle-proxy (nginx:1)\n' } },
    },
  ],
  [
    'a clock that nobody sets',
    'clock',
    'warning',
    /set-ntp true/,
    { programs: { 'timedatectl show': { stdout: 'NTP=no\nNTPSynchronized=no\n' } } },
  ],
  [
    'a clock in the past',
    'clock',
    'problem',
    /which is over/,
    {
      now: new Date('2020-01-01T00:00:00Z'),
      folders: {
        'api/supabase/migrations': [{ name: 'a.sql', modifiedAt: new Date('2026-11-01'), bytes: 1 }],
      },
    },
  ],
  ['a name that leads nowhere, for a LAN', 'domain', 'warning', /leads nowhere/, { names: {} }],
  [
    'a name that leads nowhere, for Let’s Encrypt',
    'domain',
    'problem',
    /A record/,
    { names: {} },
    { DOMAIN: 'code.school.org', APP_URL: 'https://code.school.org', TLS_MODE: 'acme' },
  ],
  ['a LAN name for Let’s Encrypt', 'domain', 'problem', /TLS_MODE=internal/, {}, { TLS_MODE: 'acme' }],
  [
    'a name of another machine',
    'domain',
    'warning',
    /203\.0\.113\.9/,
    { names: { 'code.school.example': ['203.0.113.9'] } },
  ],
];

// A row that is shorter than the function's parameters would get a callback for the last one.
const rows = cases.map(
  ([name, id, status, says, recording, changes = {}]) =>
    [name, id, status, says, recording, changes] as const,
);
test.each(rows)('%s: %s is a %s', async (_name, id, status, says, recording, changes) => {
  const finding = (await look(recording, changes)).of(id);
  expect(finding).toMatchObject({ status });
  expect(`${finding.detail} ${'cure' in finding ? finding.cure : ''}`).toMatch(says);
});
