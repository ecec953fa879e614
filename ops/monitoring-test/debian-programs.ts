import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { debianMirror } from '../../judge0/engine/src/container/base-image.js';

const run = promisify(execFile);

/** Debian's suites in which Prometheus may be of version 3, oldest first: what `le="1.0"` needs. */
const suites = ['forky', 'sid'];
const packages = [
  'prometheus',
  'promtool',
  'prometheus-node-exporter',
  'prometheus-redis-exporter',
  'prometheus-postgres-exporter',
  'prometheus-blackbox-exporter',
  'caddy',
];

export interface DebianPrograms {
  prometheus: string;
  promtool: string;
  nodeExporter: string;
  redisExporter: string;
  postgresExporter: string;
  blackboxExporter: string;
  caddy: string;
}

const folder = path.join(homedir(), '.cache/coding-platform/monitoring');
const binaries = path.join(folder, 'root/usr/bin');

const programs: DebianPrograms = {
  prometheus: path.join(binaries, 'prometheus'),
  promtool: path.join(binaries, 'promtool'),
  nodeExporter: path.join(binaries, 'prometheus-node-exporter'),
  redisExporter: path.join(binaries, 'prometheus-redis-exporter'),
  postgresExporter: path.join(binaries, 'prometheus-postgres-exporter'),
  blackboxExporter: path.join(binaries, 'prometheus-blackbox-exporter'),
  caddy: path.join(binaries, 'caddy'),
};

/**
 * Unpacks packages of a suite of Debian into `place`/root, beside the machine's own: apt with lists of its own, checked
 * by Debian's signatures as ever. Nothing is installed, and root is not needed.
 */
export const downloadDebian = async (suite: string, names: string[], place: string): Promise<void> => {
  const work = path.join(place, 'apt', suite);
  mkdirSync(path.join(work, 'state/lists/partial'), { recursive: true });
  mkdirSync(path.join(work, 'cache/archives/partial'), { recursive: true });
  const sources = path.join(work, 'sources.list');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(sources, `deb [signed-by=${keyring}] ${debianMirror()} ${suite} main\n`);
  const options = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '-',
    'Dir::State': path.join(work, 'state'),
    'Dir::Cache': path.join(work, 'cache'),
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run('apt-get', [...flags, '-qq', 'update'], { maxBuffer: 2 ** 24 });
  await run('apt-get', [...flags, '-qq', 'download', ...names], { cwd: work, maxBuffer: 2 ** 24 });
  for (const file of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg', ['-x', path.join(work, file), path.join(place, 'root')]);
  }
};

const isVersion3 = async (): Promise<boolean> => {
  if (!Object.values(programs).every((file: string) => existsSync(file))) return false;
  const { stdout, stderr } = await run(programs.prometheus, ['--version']);
  return /version 3\./.test(stdout + stderr);
};

/**
 * Debian's Prometheus 3, its tools and exporters, and Caddy, in a folder of the user's cache; nothing is installed.
 * Throws when no suite has a Prometheus 3 that runs here.
 */
export const debianPrograms = async (): Promise<DebianPrograms> => {
  for (const suite of suites) {
    if (await isVersion3()) return programs;
    await downloadDebian(suite, packages, folder);
  }
  if (await isVersion3()) return programs;
  throw new Error(`none of Debian's ${suites.join(', ')} has a Prometheus 3 that runs here`);
};
