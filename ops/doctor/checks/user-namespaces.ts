import { ok, problem, skipped, type Check, type Result } from '../check.js';
import type { Facts } from '../facts.js';

// A name of its own: Ubuntu 25.04 and later ship a profile `bwrap`, which it would take the place of.
const ours = 'coding-platform-bwrap';
const ubuntus = 'bwrap-userns-restrict';
const allow = `printf '%s\\n' 'abi <abi/4.0>,' 'include <tunables/global>' 'profile ${ours} /usr/bin/bwrap flags=(unconfined) { userns, }' | sudo tee /etc/apparmor.d/${ours} && sudo systemctl reload apparmor`;
// Two profiles for one program exclude each other.
const insteadOfUbuntus = `sudo ln -sf /etc/apparmor.d/${ubuntus} /etc/apparmor.d/disable/ && sudo apparmor_parser -R /etc/apparmor.d/${ubuntus}; ${allow}`;

/** The smallest box: what the engine makes for each program, with nothing in it. */
const box = [
  ...['--unshare-all', '--die-with-parent', '--new-session', '--ro-bind', '/usr', '/usr'],
  ...['--symlink', 'usr/lib', '/lib', '--symlink', 'usr/lib64', '/lib64', '--symlink', 'usr/bin', '/bin'],
  ...['--proc', '/proc', '--dev', '/dev', '/usr/bin/true'],
];

/** The rights of the engine's container in docker-compose.yml. */
const confinement = [
  ...['--network', 'none', '--user', '1001:1001', '--read-only', '--cap-drop', 'ALL'],
  ...['no-new-privileges:true', 'systempaths=unconfined', 'apparmor=unconfined'].flatMap((option) => [
    '--security-opt',
    option,
  ]),
  ...['--security-opt', 'seccomp=judge0/engine/container/seccomp.json', '--pids-limit', '64'],
];

const tryMs = 30_000;

/** Makes a box as the engine does, in the engine that runs or in its image; null where there is neither. */
const tryBox = async (facts: Facts): Promise<{ works: boolean; says: string } | null> => {
  const { machine, containers, docker, setting } = facts;
  const engineRuns = (await containers()).some(
    ({ Service, State }) => Service === 'engine' && State === 'running',
  );
  const tell = ({ code, stderr }: { code: number | null; stderr: string }) => ({
    works: code === 0,
    says: stderr.trim().split('\n').at(-1) ?? '',
  });
  if (engineRuns) return tell(await facts.compose(['exec', '-T', 'engine', 'bwrap', ...box], tryMs));
  if ((await docker()).state !== 'ready') return null;
  const image = `coding-platform/engine:${(await setting('IMAGE_TAG')) || 'local'}`;
  const run = (args: string[]) => machine.run('docker', args, { timeoutMs: tryMs });
  if ((await run(['image', 'inspect', '--format', '{{.Id}}', image])).code !== 0) return null;
  return tell(
    await run(['run', '--rm', '--pull', 'never', ...confinement, '--entrypoint', 'bwrap', image, ...box]),
  );
};

const switchedOff = async ({ machine }: Facts): Promise<Result | null> => {
  const value = async (name: string) => (await machine.readText(`/proc/sys/${name}`))?.trim();
  if ((await value('user/max_user_namespaces')) === '0') {
    return problem(
      'switched off (user.max_user_namespaces=0): the engine cannot make boxes for programs',
      'Type: echo user.max_user_namespaces=15000 | sudo tee /etc/sysctl.d/60-user-namespaces.conf && sudo sysctl --system',
    );
  }
  if ((await value('kernel/unprivileged_userns_clone')) === '0') {
    return problem(
      'for root only (kernel.unprivileged_userns_clone=0): the engine runs as nobody and cannot make boxes',
      'Type: echo kernel.unprivileged_userns_clone=1 | sudo tee /etc/sysctl.d/60-user-namespaces.conf && sudo sysctl --system',
    );
  }
  return null;
};

export const userNamespaces: Check = {
  id: 'user-namespaces',
  title: 'User namespaces',
  section: 'machine',
  run: async (facts) => {
    const { machine, setting } = facts;
    if ((await setting('COMPOSE_PROFILES')).includes('judge0-official')) {
      return skipped('only our engine needs them');
    }
    const off = await switchedOff(facts);
    if (off) return off;
    const restricted =
      (await machine.readText('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'))?.trim() === '1';
    const profiles = (await machine.list('/etc/apparmor.d')).map(({ name }) => name);
    const tried = await tryBox(facts);
    if (tried?.works) return ok('tried: the engine can make boxes for programs');
    if (tried) {
      const cure = profiles.includes(ubuntus) ? insteadOfUbuntus : allow;
      return problem(
        `tried: no box for programs can be made (${tried.says || 'no reason told'})`,
        restricted
          ? `AppArmor forbids it. Allow it to bubblewrap: ${cure}`
          : 'Read why: make logs SERVICE=engine, and sudo dmesg | tail',
      );
    }
    if (!restricted) return ok('allowed; tried as soon as the engine’s image is here');
    return profiles.some((name) => [ours, ubuntus, 'bwrap'].includes(name))
      ? ok('AppArmor has a profile for bubblewrap; tried as soon as the engine’s image is here')
      : problem(
          'AppArmor forbids them (Ubuntu 23.10 and later): the engine cannot make boxes for programs',
          `Allow them to bubblewrap only: ${allow}`,
        );
  },
};
