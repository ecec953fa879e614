import { existsSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { type GroupFactory, readHierarchies } from './cgroup.js';
import { openCgroupV1 } from './cgroup-v1.js';
import { openCgroupV2 } from './cgroup-v2.js';

/** How usage is measured and limits are held. */
export type SandboxMode = 'cgroup-v1' | 'cgroup-v2' | 'helper';

/** No sandbox is possible here; the message says why and what to do. */
export class NoSandboxError extends Error {
  override name = 'NoSandboxError';
}

export interface Measurement {
  mode: SandboxMode;
  groups: GroupFactory | null;
  /** Why the better ways are not used, for the log. */
  notes: string[];
}

/**
 * The best way to measure on this host, or the one that was asked for.
 * @throws NoSandboxError when the wanted way, or every way, is impossible
 */
export function chooseMeasurement(wanted: 'auto' | SandboxMode, helperProblem: string | null): Measurement {
  const notes: string[] = [];
  const hierarchies = readHierarchies(
    readFileSync('/proc/self/cgroup', 'utf8'),
    readFileSync('/proc/self/mountinfo', 'utf8'),
    existsSync,
  );
  const ways = { 'cgroup-v2': openCgroupV2, 'cgroup-v1': openCgroupV1 };
  for (const [mode, open] of Object.entries(ways) as [keyof typeof ways, typeof openCgroupV1][]) {
    if (wanted !== 'auto' && wanted !== mode) continue;
    try {
      return { mode, groups: open(hierarchies), notes };
    } catch (error) {
      notes.push(`${mode}: ${(error as Error).message}`);
    }
  }
  if (wanted === 'auto' || wanted === 'helper') {
    if (!helperProblem) return { mode: 'helper', groups: null, notes };
    notes.push(`helper: ${helperProblem}`);
  }
  throw new NoSandboxError(
    `Usage cannot be measured here:\n  ${notes.join('\n  ')}\n` +
      'Cure: install gcc and libc6-dev (apt-get install gcc libc6-dev), or delegate a cgroup to the engine ' +
      '(systemd: Delegate=yes), or set SANDBOX_MODE to a way that works.',
  );
}

/**
 * Where bubblewrap is, and what it calls itself.
 * @throws NoSandboxError when it is not installed
 */
export function findBubblewrap(): { path: string; name: string } {
  const path = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap'].find((candidate) =>
    existsSync(candidate),
  );
  if (!path) throw new NoSandboxError('bubblewrap is not installed. Cure: apt-get install bubblewrap');
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout ?? '')?.slice(1) ?? []).map(Number);
  if (major === 0 && minor < 5)
    throw new NoSandboxError(`bubblewrap ${stdout} is too old. Cure: install 0.5 or later`);
  return { path, name: stdout.trim() };
}

/** Turns the failure of a first trial run into the reason and the cure. */
export function explainFailure(message: string, read: (path: string) => string | null): NoSandboxError {
  const apparmor = read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')?.trim();
  const cloning = read('/proc/sys/kernel/unprivileged_userns_clone')?.trim();
  const spaces = read('/proc/sys/user/max_user_namespaces')?.trim();
  const cure =
    apparmor === '1'
      ? 'AppArmor keeps unprivileged programs from making user namespaces (Ubuntu 23.10 and later). Cure: an AppArmor ' +
        'profile for bubblewrap with "userns," (see judge0/README.md), or sysctl kernel.apparmor_restrict_unprivileged_userns=0'
      : cloning === '0'
        ? 'User namespaces are off. Cure: sysctl kernel.unprivileged_userns_clone=1'
        : spaces === '0'
          ? 'No user namespaces are allowed. Cure: sysctl user.max_user_namespaces=15000'
          : /mount proc|\/proc/.test(message)
            ? 'This container masks /proc. Cure: security_opt systempaths=unconfined (see judge0/README.md)'
            : 'In a container: give it a seccomp profile that allows namespaces and systempaths=unconfined ' +
              '(see judge0/README.md); never --privileged';
  return new NoSandboxError(`No sandbox is possible here: ${message.trim()}\n${cure}`);
}
