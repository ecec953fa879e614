import { chmodSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Files and folders of the checkout that containers read as somebody else than its owner, from docker-compose.yml. */
export const mountedPaths = (composeText: string): string[] => [
  ...new Set([...composeText.matchAll(/^ *- \.\/([\w./-]+):/gm)].map(([, place = '']) => place)),
];

const filesFor = 0o044;
const foldersFor = 0o055;

const open = (place: string): number => {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (!found || found.isSymbolicLink()) return 0;
  const wanted = found.mode | (found.isDirectory() ? foldersFor : filesFor);
  const changed = wanted === found.mode ? 0 : 1;
  if (changed) chmodSync(place, wanted & 0o7777);
  const inside = found.isDirectory() ? readdirSync(place) : [];
  return inside.reduce((count, name) => count + open(path.join(place, name)), changed);
};

/**
 * Lets everybody read the configuration that containers mount: a checkout under umask 077 keeps it to its owner, and
 * Grafana, Prometheus and Loki run as somebody else. There is no secret in it. Returns how many it opened.
 */
export const openMountedFiles = (directory: string): number => {
  const composeFile = path.join(directory, 'docker-compose.yml');
  if (!lstatSync(composeFile, { throwIfNoEntry: false })) return 0;
  return mountedPaths(readFileSync(composeFile, 'utf8')).reduce(
    (count, place) => count + open(path.join(directory, place)),
    0,
  );
};
