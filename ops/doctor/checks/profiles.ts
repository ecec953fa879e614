import { profilesOf } from '../../setup/needed.js';
import { ok, problem, skipped, warning, type Check } from '../check.js';
import { nearest } from '../nearest.js';

const known = ['judge0-engine', 'judge0-official', 'monitoring', 'logs'];

/** Host names of judges inside this stack. */
const ownJudges = ['judge0', 'engine', 'judge0-server'];

const hostOf = (address: string): string =>
  URL.canParse(address.trim()) ? new URL(address.trim()).hostname : '';

export const profiles: Check = {
  id: 'profiles',
  title: 'Parts',
  section: 'settings',
  run: async ({ settings }) => {
    const values = await settings();
    if (!values?.['COMPOSE_PROFILES']) return skipped('COMPOSE_PROFILES is not set');
    const chosen = profilesOf(values);
    const unknown = chosen.filter((profile) => !known.includes(profile));
    if (unknown.length > 0) {
      const meant = nearest(unknown[0] ?? '', known);
      return problem(
        `there is no part ${unknown.join(', ')}${meant ? ` (did you mean ${meant}?)` : ''}`,
        `COMPOSE_PROFILES in .env may have: ${known.join(', ')}`,
      );
    }
    const judges = chosen.filter((profile) => profile.startsWith('judge0-'));
    if (judges.length > 1) {
      return problem(
        'two judges are chosen, and both would be http://judge0:2358',
        'Keep one of them in COMPOSE_PROFILES in .env.',
      );
    }
    const addresses = (values['JUDGE0_API_URL'] ?? '').split(',').filter((address) => address.trim() !== '');
    const own = addresses.filter((address) => ownJudges.includes(hostOf(address)));
    if (judges.length === 0 && own.length > 0) {
      return problem(
        `JUDGE0_API_URL names ${own.join(', ')}, which is a part of this machine that is not chosen`,
        'Add judge0-engine to COMPOSE_PROFILES in .env, or take the address out.',
      );
    }
    if (judges.length > 0 && addresses.length > 0 && own.length === 0) {
      return warning(
        `${judges[0]} runs here and gets no work: JUDGE0_API_URL names other judges only`,
        'Add http://judge0:2358 to JUDGE0_API_URL in .env, or take the part out of COMPOSE_PROFILES.',
      );
    }
    if (judges.length === 0 && addresses.length === 0) {
      return warning(
        'no judge is chosen: programs are neither run nor judged',
        'Add judge0-engine to COMPOSE_PROFILES in .env.',
      );
    }
    const several = addresses.length > 1 ? `; ${addresses.length} judges share the work` : '';
    return ok(`${chosen.join(', ')}${several}`);
  },
};
