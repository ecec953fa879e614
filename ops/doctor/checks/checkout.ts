import { mountedPaths } from '../../setup/mounted-files.js';
import { ok, problem, skipped, type Check } from '../check.js';

export const checkout: Check = {
  id: 'checkout',
  title: 'Configuration',
  section: 'settings',
  run: async ({ machine }) => {
    const places = mountedPaths((await machine.readText('docker-compose.yml')) ?? '');
    if (places.length === 0) return skipped('there is no compose file');
    const closed = ['-type', 'd', '!', '-perm', '-005', '-o', '-type', 'f', '!', '-perm', '-004'];
    const { code, stdout } = await machine.run('find', [...places, ...closed], { timeoutMs: 10_000 });
    const kept = stdout.split('\n').filter((line) => line !== '');
    const cure = `Type: chmod -R go+rX ${places.join(' ')}`;
    const [first] = kept;
    if (first) return problem(`containers may not read ${first} and ${kept.length - 1} more`, cure);
    return code === 0
      ? ok('containers may read what they mount')
      : problem('some of it is missing or may not be seen', `Type: git status; then: ${cure.slice(6)}`);
  },
};
