import { describe, expect, test } from '@jest/globals';
import { createDocker } from './docker.js';
import { rollBack, upgrade, type Release } from './release.js';
import { simulateDocker } from './simulated-docker.js';
import type { State, Version } from './state-file.js';

const version = (tag: string): Version => ({ tag, since: '2026-11-01T00:00:00.000Z', backup: null });
const before = { current: version('v1'), previous: null };
const allOf = (tag: string) => ({ engine: [tag], grader: [tag], api: [tag], web: [tag] });

const stage = (
  options: Omit<Parameters<typeof simulateDocker>[0], 'tag'> & { tag?: string } = {},
  more: Partial<Release> = {},
) => {
  const simulation = simulateDocker({
    tag: 'v1',
    images: ['coding-platform/api:v1', 'coding-platform/api:v2'],
    ...options,
  });
  const recorded: State[] = [];
  const release: Release = {
    docker: createDocker(simulation.run),
    step: (_title, work) => work(),
    gate: () => Promise.resolve(null),
    preflight: () => Promise.resolve(),
    backUp: (tag) => {
      simulation.log.push(`backup before ${tag}`);
      return Promise.resolve('backups/now.dump');
    },
    record: (state) => void recorded.push(state),
    now: () => new Date('2026-11-23T10:00:00Z'),
    ...more,
  };
  return { ...simulation, release, recorded };
};
const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'it went through',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('an upgrade', () => {
  test('asks no registry for our own images, whatever is missing', async () => {
    const { release, log } = stage({ images: [] });
    await upgrade(release, before, 'v2');
    expect(log.filter((line) => line.startsWith('pull'))).toEqual(['pull redis:8']);
  });

  test('backs up first, then images, migrations, and new programs beside old ones, one after the other', async () => {
    const { release, log, running, recorded } = stage();
    await upgrade(release, before, 'v2');
    expect(log).toEqual([
      'backup before v2',
      'compose build v2',
      'pull redis:8',
      'compose up v2',
      'compose run bootstrap v2',
      'compose run migrate v2',
      ...['engine', 'grader', 'api', 'web'].flatMap((name) => [`compose up ${name} v2`, `stop ${name} v1`]),
    ]);
    expect(running()).toEqual(allOf('v2'));
    expect(recorded).toEqual([
      {
        current: { tag: 'v2', since: '2026-11-23T10:00:00.000Z', backup: 'backups/now.dump' },
        previous: before.current,
      },
    ]);
  });

  test('keeps the number of each program', async () => {
    const { release, running } = stage({ scale: { api: 3, web: 2 } });
    await upgrade(release, before, 'v2');
    expect(running()).toEqual({ ...allOf('v2'), api: ['v2', 'v2', 'v2'], web: ['v2', 'v2'] });
  });

  test.each<[string, Partial<Release>]>([
    ['doctor finds a problem', { preflight: () => Promise.reject(new Error('the disk is full')) }],
    ['the backup fails', { backUp: () => Promise.reject(new Error('the disk is full')) }],
  ])('changes nothing when %s', async (_name, more) => {
    const { release, log, running, recorded } = stage({}, more);
    expect(await messageOf(upgrade(release, before, 'v2'))).toBe(
      'ReleaseError: Nothing was changed: the disk is full',
    );
    expect(log).toEqual([]);
    expect(running()).toEqual(allOf('v1'));
    expect(recorded).toEqual([]);
  });

  test.each(['compose build', 'pull', 'compose up', 'compose run bootstrap', 'compose run migrate'])(
    'leaves the old programs running when "%s" fails, and names the backup',
    async (command) => {
      const { release, running, recorded } = stage({ fails: (tried) => tried === command });
      const message = await messageOf(upgrade(release, before, 'v2'));
      expect(message).toContain('ReleaseError: v1 runs on: docker ');
      expect(message).toContain('The backup is backups/now.dump.');
      expect(running()).toEqual(allOf('v1'));
      expect(recorded).toEqual([]);
    },
  );

  test.each(['engine', 'grader', 'api', 'web'])(
    'puts everything back when the new %s does not become healthy, and shows what it wrote',
    async (sick) => {
      const { release, running, recorded } = stage({
        unhealthy: (service, tag) => service === sick && tag === 'v2',
        scale: { [sick]: 2 },
      });
      const message = await messageOf(upgrade(release, before, 'v2'));
      expect(message).toContain(`v2 did not work: The new ${sick} did not become healthy.`);
      expect(message).toContain('its last line');
      expect(message).toContain('v1 runs again and answers. The database has the new schema');
      expect(running()).toEqual({ ...allOf('v1'), [sick]: ['v1', 'v1'] });
      expect(recorded).toEqual([]);
    },
  );

  test('puts everything back when the door does not answer', async () => {
    const answers = ['/api/ready answers 503', null];
    const { release, running } = stage({}, { gate: () => Promise.resolve(answers.shift() ?? null) });
    expect(await messageOf(upgrade(release, before, 'v2'))).toContain(
      'v2 did not work: /api/ready answers 503',
    );
    expect(running()).toEqual(allOf('v1'));
  });

  test('says so when the way back fails, too', async () => {
    const { release } = stage({
      unhealthy: (service, tag) => service === 'web' || (service === 'api' && tag === 'v1'),
    });
    const message = await messageOf(upgrade(release, before, 'v2'));
    expect(message).toContain('Putting v1 back failed, too: The new api did not become healthy.');
    expect(message).toContain('make doctor');
  });
});

describe('a rollback', () => {
  const state = { current: version('v2'), previous: version('v1') };

  test('exchanges the programs only, and can be taken back itself', async () => {
    const { release, log, running, recorded } = stage({ tag: 'v2' });
    await rollBack(release, state);
    expect(running()).toEqual(allOf('v1'));
    expect(log.filter((line) => /run|build|backup/.test(line))).toEqual([]);
    expect(recorded).toMatchObject([{ current: { tag: 'v1' }, previous: { tag: 'v2' } }]);
  });

  test('without the images of then changes nothing', async () => {
    const { release, log } = stage({ tag: 'v2', images: [] });
    expect(await messageOf(rollBack(release, state))).toContain(
      'coding-platform/api:v1 is not on this machine any more',
    );
    expect(log).toEqual([]);
  });

  test('to a version that does not come up keeps the one that runs', async () => {
    const { release, running, recorded } = stage({ tag: 'v2', unhealthy: (_service, tag) => tag === 'v1' });
    expect(await messageOf(rollBack(release, state))).toContain('v1 did not work');
    expect(running()).toEqual(allOf('v2'));
    expect(recorded).toEqual([]);
  });
});
