import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runLogged } from './run-logged.mjs';

const readOptional = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Whether the lock file npm keeps inside node_modules names every package of ours, in the same version. */
const isInstalled = (lockText, installedText) => {
  if (installedText === null) return false;
  const wanted = JSON.parse(lockText).packages;
  const installed = JSON.parse(installedText).packages;
  return Object.entries(wanted).every(([place, { version, optional, devOptional, link, peer }]) => {
    if (!place.includes('node_modules/') || link) return true;
    const there = installed[place];
    return there ? there.version === version : Boolean(optional || devOptional || peer);
  });
};

const lockOf = (root) => readFileSync(path.join(root, 'package-lock.json'), 'utf8');
const stampFile = (root) => path.join(root, 'node_modules/.stamp');
const stampOf = (lockText) => createHash('sha256').update(lockText).digest('hex');

/** Whether node_modules is known to hold what package-lock.json names. */
export const hasNodePackages = (root) => readOptional(stampFile(root)) === stampOf(lockOf(root));

/** Runs `npm ci` unless node_modules holds what package-lock.json names. Returns what was done, for the progress. */
export const installNodePackages = async (root, logFile) => {
  if (hasNodePackages(root)) return '';
  const lockText = lockOf(root);
  const present = isInstalled(lockText, readOptional(path.join(root, 'node_modules/.package-lock.json')));
  const args = ['ci', '--include=dev', '--no-progress', '--color=false'];
  if (!present) await runLogged('npm', args, { cwd: root, logFile: logFile('npm.log') });
  writeFileSync(stampFile(root), stampOf(lockText));
  return present ? '' : 'installed';
};
