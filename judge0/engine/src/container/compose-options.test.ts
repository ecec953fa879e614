import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PACKAGE_ROOT } from '../package-root.js';
import { runOptions } from './compose-options.js';

const folder = join(PACKAGE_ROOT, 'container');
const compose = readFileSync(join(folder, 'compose.engine.yml'), 'utf8');

describe('the options of the engine’s container', () => {
  const options = runOptions(compose, folder, { AUTHN_TOKEN: 'long' }).join(' ');

  test('take every right away that bubblewrap can do without', () => {
    expect(options).toContain('--user 1001:1001 --read-only --cap-drop ALL');
    expect(options).toContain('--security-opt no-new-privileges:true');
    expect(options).not.toMatch(/privileged(?!:)|cap-add|seccomp=unconfined|--volume|--publish/);
  });

  test('name the seccomp profile by its place', () => {
    expect(options).toContain(`--security-opt seccomp=${folder}/seccomp.json`);
  });

  test('need a token', () => {
    expect(options).toContain('--env AUTHN_TOKEN=long');
    expect(() => runOptions(compose, folder, {})).toThrow('AUTHN_TOKEN: set AUTHN_TOKEN');
  });

  test('leave nothing of the compose file out in silence', () => {
    const more = compose.replace('read_only: true', 'read_only: true\n    privileged: true');
    expect(() => runOptions(more, folder, { AUTHN_TOKEN: 'long' })).toThrow(
      'no docker option for privileged',
    );
  });
});

describe('the seccomp profile', () => {
  const profile = JSON.parse(readFileSync(join(folder, 'seccomp.json'), 'utf8')) as {
    syscalls: { names: string[]; action: string }[];
  };
  const denied = profile.syscalls.flatMap(({ names }) => names);

  test('refuses what reaches into the kernel or other processes', () => {
    expect(denied).toEqual(
      expect.arrayContaining([
        'bpf',
        'io_uring_setup',
        'keyctl',
        'kexec_load',
        'ptrace',
        'setns',
        'userfaultfd',
      ]),
    );
    expect(profile.syscalls.every(({ action }) => action === 'SCMP_ACT_ERRNO')).toBe(true);
  });

  test('lets bubblewrap build its boxes', () => {
    for (const needed of [
      'clone',
      'clone3',
      'unshare',
      'mount',
      'umount2',
      'pivot_root',
      'prctl',
      'seccomp',
    ]) {
      expect(denied).not.toContain(needed);
    }
  });
});
