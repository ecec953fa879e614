import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runLogged } from './run-logged.mjs';

const shared = ['package.json', 'package-lock.json', 'tsconfig.base.json'];
const apiSources = ['api/src', 'api/package.json', 'api/tsconfig.json', 'api/tsconfig.build.json'];

/** `made` is the file whose absence means that nothing is built. */
const workspaces = [
  { name: 'api', output: 'api/dist', made: 'api/dist/server.js', sources: apiSources },
  {
    name: 'judge0/engine',
    output: 'judge0/engine/dist',
    made: 'judge0/engine/dist/server.js',
    sources: ['judge0/engine'],
  },
  // The schemas of the api are part of web's bundles.
  { name: 'web', output: 'web/build', made: 'web/build/server.js', sources: ['web', ...apiSources] },
];

const passedOver = new Set(['node_modules', 'dist', 'build', 'e2e', 'coverage', '.vite', 'artifacts']);

const filesUnder = (root, name) => {
  const full = path.join(root, name);
  let entries;
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [name];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    if (passedOver.has(entry.name) || /(\.tsbuildinfo|\.test\.tsx?)$/.test(entry.name)) return [];
    return entry.isDirectory() ? filesUnder(root, `${name}/${entry.name}`) : [`${name}/${entry.name}`];
  });
};

const stampOf = (root, { sources }) => {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of [...shared, ...sources].flatMap((name) => filesUnder(root, name)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
};

const builtFrom = (root, { output, made }) => {
  const stampFile = path.join(root, output, '.stamp');
  return existsSync(path.join(root, made)) && existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
};

const build = async (root, workspace, stamp, logFile) => {
  const { name, output, made } = workspace;
  if (!existsSync(path.join(root, made))) {
    // tsc believes its notes of what it once wrote, not the folder.
    const notes = readdirSync(path.join(root, name)).filter((file) => file.endsWith('.tsbuildinfo'));
    for (const file of notes) rmSync(path.join(root, name, file));
  }
  const env = { ...process.env, NODE_ENV: 'production' };
  await runLogged('npm', ['run', 'build', '-w', name, '--color=false'], {
    cwd: root,
    logFile: logFile(`build-${path.basename(name)}.log`),
    env,
  });
  mkdirSync(path.join(root, output), { recursive: true });
  writeFileSync(path.join(root, output, '.stamp'), stamp);
};

/** Builds the workspaces whose sources changed since their last build. Returns their names, for the progress. */
export const buildWorkspaces = async (root, logFile) => {
  const changed = workspaces
    .map((workspace) => ({ workspace, stamp: stampOf(root, workspace) }))
    .filter(({ workspace, stamp }) => builtFrom(root, workspace) !== stamp);
  const results = await Promise.allSettled(
    changed.map(({ workspace, stamp }) => build(root, workspace, stamp, logFile)),
  );
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  return changed.map(({ workspace }) => path.basename(workspace.name)).join(', ');
};
