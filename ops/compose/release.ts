import type { Docker } from './docker.js';
import { replaceContainers } from './rolling.js';
import type { State, Version } from './state-file.js';

/** Runs a step and shows it; what it returns as text stands behind its title. */
export type Step = <T>(title: string, work: () => Promise<T>) => Promise<T>;

/** What upgrade and rollback do things with. */
export interface Release {
  docker: Docker;
  step: Step;
  /** Looks whether the school answers through its door: null, or what does not. */
  gate: () => Promise<string | null>;
  /** Before anything is changed; throws what stands in the way. */
  preflight: () => Promise<void>;
  /** Dumps the database; the dump's file. */
  backUp: (tag: string) => Promise<string>;
  /** IMAGE_TAG in .env and what ran before, once it is certain. */
  record: (state: State) => void;
  now: () => Date;
  /** For each service, how long its new containers may take. */
  readyWithinMs?: number;
}

/** What ended it, and what state everything is in now. */
export class ReleaseError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ReleaseError';
  }
}

/** Programs of ours, in the order in which they change: who is asked goes before who asks. */
const ours = ['engine', 'grader', 'api', 'web'];
const jobs = ['bootstrap', 'migrate'];
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const replaceAll = async (
  { docker, step, readyWithinMs }: Release,
  services: readonly string[],
  tag: string,
  replaced: string[],
): Promise<void> => {
  for (const service of services) {
    await step(`${service}: new beside old, then the old one goes`, () =>
      replaceContainers(docker, service, tag, readyWithinMs),
    );
    replaced.push(service);
  }
};

/** Exchanges our programs and looks at the door; when something fails, those of `before` are put back. */
const exchange = async (
  release: Release,
  services: readonly string[],
  tag: string,
  before: string,
): Promise<void> => {
  const replaced: string[] = [];
  try {
    await replaceAll(release, services, tag, replaced);
    await release.step('the school answers through its door', async () => {
      const fault = await release.gate();
      if (fault !== null) throw new Error(fault);
    });
  } catch (error) {
    await putBack(release, replaced, tag, before, error);
  }
};

const putBack = async (
  release: Release,
  replaced: readonly string[],
  tag: string,
  before: string,
  failure: unknown,
): Promise<never> => {
  const what = `${tag} did not work: ${reasonOf(failure)}`;
  try {
    await replaceAll(release, [...replaced].reverse(), before, []);
  } catch (error) {
    throw new ReleaseError(
      `${what}\nPutting ${before} back failed, too: ${reasonOf(error)}\nSee what runs with: make ps. Then: make doctor`,
      failure,
    );
  }
  const fault = await release.gate();
  throw new ReleaseError(
    `${what}\n${before} runs again${fault ? `, but ${fault}: make doctor` : ' and answers'}. ` +
      'The database has the new schema, with which it works.',
    failure,
  );
};

/** Fetches what the compose file names and is not on this machine. */
const fetchMissing = async ({ docker }: Release, tag: string): Promise<string> => {
  const images = (await docker.compose(['config', '--images'], { tag }))
    .split('\n')
    .filter((image) => image !== '');
  let fetched = 0;
  for (const image of new Set(images)) {
    // Ours were built just now; in a registry their names may belong to somebody.
    if (image.startsWith('coding-platform/') || (await docker.hasImage(image))) continue;
    await docker.docker(['pull', '--quiet', image]);
    fetched += 1;
  }
  return fetched === 0 ? 'all here' : `${fetched} fetched`;
};

const prepare = async (release: Release, services: readonly string[], tag: string): Promise<void> => {
  const { docker, step } = release;
  await step(`images of ${tag}`, async () => {
    await docker.compose(['build', '--quiet'], { tag });
    return fetchMissing(release, tag);
  });
  const others = services.filter((service) => !ours.includes(service) && !jobs.includes(service));
  await step('database, gateway and what else is not ours', () =>
    docker.compose(['up', '--detach', '--no-deps', '--no-build', '--wait', ...others], { tag }),
  );
  for (const job of jobs.filter((name) => services.includes(name))) {
    const title = job === 'migrate' ? 'migrations of the database' : 'roles of the database';
    await step(title, () => docker.compose(['run', '--rm', '--no-deps', '-T', job], { tag }));
  }
};

/**
 * From the version that runs to `tag`: backup, images, migrations, then our programs one after the other, new ones
 * beside old ones. Throws ReleaseError, which says what runs now; the database keeps the new schema.
 */
export const upgrade = async (
  release: Release,
  state: State & { current: Version },
  tag: string,
): Promise<State> => {
  const { docker, step } = release;
  let backup: string;
  let services: string[];
  try {
    await step('nothing stands in the way', release.preflight);
    services = await docker.services();
    backup = await step('backup of the database and of .env', () => release.backUp(tag));
  } catch (error) {
    throw new ReleaseError(`Nothing was changed: ${reasonOf(error)}`, error);
  }
  try {
    await prepare(release, services, tag);
  } catch (error) {
    throw new ReleaseError(
      `${state.current.tag} runs on: ${reasonOf(error)}\nThe backup is ${backup}.`,
      error,
    );
  }
  await exchange(
    release,
    ours.filter((service) => services.includes(service)),
    tag,
    state.current.tag,
  );
  const next = { current: { tag, since: release.now().toISOString(), backup }, previous: state.current };
  release.record(next);
  return next;
};

/** Back to the images of before; the database keeps its schema, with which they work. Throws ReleaseError. */
export const rollBack = async (
  release: Release,
  state: State & { current: Version; previous: Version },
): Promise<State> => {
  const { docker, step } = release;
  const { current, previous } = state;
  const services = (await docker.services()).filter((service) => ours.includes(service));
  await step(`images of ${previous.tag} are here`, async () => {
    const images = (await docker.compose(['config', '--images'], { tag: previous.tag })).split('\n');
    for (const image of images.filter((name) => name.endsWith(`:${previous.tag}`))) {
      if (!(await docker.hasImage(image))) {
        throw new ReleaseError(`Nothing was changed: ${image} is not on this machine any more.`, null);
      }
    }
  });
  await exchange(release, services, previous.tag, current.tag);
  const next = { current: { ...previous, since: release.now().toISOString() }, previous: current };
  release.record(next);
  return next;
};
