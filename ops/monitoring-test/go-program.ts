import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { downloadDebian } from './debian-programs.js';

const run = promisify(execFile);
const folder = path.join(homedir(), '.cache/coding-platform/go');
/** The compiler of Debian's golang-go in bookworm, with the standard library. */
const packages = ['golang-1.19-go', 'golang-1.19-src'];
const debianRoot = path.join(folder, 'root/usr/lib/go-1.19');

/** The `go` of this machine, or Debian's in a folder of the user's cache; nothing is installed. */
const findGo = async (): Promise<string> => {
  if (spawnSync('go', ['version']).status === 0) return 'go';
  const go = path.join(debianRoot, 'bin/go');
  if (!existsSync(go)) await downloadDebian('bookworm', packages, folder);
  if (!existsSync(go)) throw new Error('there is no Go here: apt-get install golang-go');
  return go;
};

/** Compiles a Go file that needs the standard library only. Returns the program's path. */
export const buildGo = async (file: string, program: string): Promise<string> => {
  const go = await findGo();
  const cache = path.join(folder, 'build');
  mkdirSync(cache, { recursive: true });
  const env = {
    ...process.env,
    ...(go === 'go' ? {} : { GOROOT: debianRoot }),
    GOCACHE: cache,
    GOPATH: path.join(folder, 'path'),
    GO111MODULE: 'off',
    GOFLAGS: '',
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
  };
  await run(go, ['build', '-o', program, file], { env });
  return program;
};
