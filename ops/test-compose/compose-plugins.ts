import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { debianMirror } from '../../judge0/engine/src/container/base-image.js';
import { NoDockerError } from '../../judge0/engine/src/container/docker-engine.js';
import { ask, must } from '../../judge0/engine/src/container/shell.js';

/** Debian trixie's plugins, which run on bookworm too; bookworm has none. */
const packages = [
  {
    plugin: 'docker-compose',
    file: 'docker-compose/docker-compose_2.26.1-4_amd64.deb',
    sha256: '47681197cb2b1ab88206b42a1a92fc75f50d9530a6322d03494a473eed0408ea',
  },
  {
    plugin: 'docker-buildx',
    file: 'docker-buildx/docker-buildx_0.13.1+ds1-3_amd64.deb',
    sha256: 'fcf8c48204d1603c8f209451d7827eb91bf30759578baf7704e9e1a87e5f1d7f',
  },
];

/** A configuration of Docker's client of our own: that of the machine stays as it is. */
const configuration = path.join(homedir(), '.cache', 'coding-platform', 'docker-client');

const download = async (url: string, sha256: string): Promise<Buffer> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new NoDockerError(`${url} answers ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${url} is another file than it was: its SHA-256 is ${found}`);
  return bytes;
};

const install = async ({ plugin, file, sha256 }: (typeof packages)[number]): Promise<void> => {
  const place = path.join(configuration, 'cli-plugins', plugin);
  if (existsSync(place)) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'docker-plugin-'));
  try {
    const archive = path.join(folder, 'plugin.deb');
    writeFileSync(archive, await download(`${debianMirror()}/pool/main/d/${file}`, sha256));
    must('dpkg-deb', '--extract', archive, folder);
    const unpacked = path.join(folder, 'usr/libexec/docker/cli-plugins', plugin);
    mkdirSync(path.dirname(place), { recursive: true });
    copyFileSync(unpacked, place);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * A program that answers `config` as `docker compose` does, and needs no Docker: that of the machine, or Debian trixie's,
 * kept in ~/.cache/coding-platform. Returns the words before the command.
 * @throws NoDockerError where none can be had
 */
export const composeProgram = async (): Promise<string[]> => {
  if (ask('docker', 'compose', 'version').ok) return ['docker', 'compose'];
  const [compose] = packages;
  if (!compose || process.arch !== 'x64') {
    throw new NoDockerError('install Docker’s compose plugin: Debian’s is known here for amd64 only');
  }
  await install(compose);
  return [path.join(configuration, 'cli-plugins', compose.plugin)];
};

const answers = (plugin: string): boolean => ask('docker', plugin, 'version').ok;

/**
 * Sees to it that `docker compose` and `docker buildx` answer in this process and its children: those of the machine,
 * or Debian trixie's, kept in ~/.cache/coding-platform. Returns the version of compose.
 * @throws NoDockerError where none can be had
 */
export const openComposePlugins = async (): Promise<string> => {
  if (!answers('compose') || !answers('buildx')) {
    if (process.arch !== 'x64') {
      throw new NoDockerError(
        'install Docker’s compose and buildx plugins: Debian’s are known here for amd64 only',
      );
    }
    await Promise.all(packages.map(install));
    process.env['DOCKER_CONFIG'] = configuration;
    if (!existsSync(path.join(configuration, 'config.json'))) {
      writeFileSync(path.join(configuration, 'config.json'), '{}\n');
    }
  }
  return must('docker', 'compose', 'version', '--short');
};
