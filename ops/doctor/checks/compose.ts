import { ok, problem, skipped, type Check } from '../check.js';
import { isAtLeast } from '../versions.js';

// "required: false" in depends_on: a part that is switched off does not stop the others.
const least = '2.20.2';

export const compose: Check = {
  id: 'compose',
  title: 'Docker Compose',
  section: 'machine',
  run: async ({ docker, composeVersion, compose: ask }) => {
    if ((await docker()).state === 'absent') return skipped('there is no Docker');
    const version = await composeVersion();
    if (version === null) {
      return problem(
        'the plugin is not installed (the old docker-compose with a hyphen is not enough)',
        'Ubuntu: sudo apt-get install docker-compose-v2; with Docker’s own packages: sudo apt-get install docker-compose-plugin.',
      );
    }
    const newer =
      'Type: sudo apt-get update && sudo apt-get install docker-compose-plugin (or docker-compose-v2).';
    if (!isAtLeast(version, least)) {
      return problem(`${version} is too old: parts that are switched off need ${least}`, newer);
    }
    // Docker 29 speaks no API of before 1.44 any more, and Compose of before 2.24 none later. So it is asked something.
    if ((await docker()).state !== 'ready') return ok(version);
    const { code, stderr } = await ask(['ls', '--quiet']);
    const refused = /client version \S+ is too (old|new)[^\n]*/i.exec(stderr)?.[0];
    if (refused) return problem(`${version} and this Docker do not understand each other: ${refused}`, newer);
    return code === 0 ? ok(version) : problem(`${version} fails: ${stderr.trim().split('\n').at(-1)}`, newer);
  },
};
