import { closeSync, constants, fchownSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRequest } from './types.js';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_RDWR, O_WRONLY } = constants;

/** Open files of one run. Programs write to descriptors, never to a path, and the paths are outside every box. */
export interface RunFiles {
  stdin: number | 'ignore';
  stdout: number;
  stderr: number;
  artefact: number | 'ignore';
  inputs: number[];
  /** The first `maxBytes` of both outputs. */
  readOutputs: (maxBytes: number) => { stdout: Buffer; stderr: Buffer };
  close: () => void;
}

/**
 * Creates the run's files in the slot's folder. Files instead of pipes, so that max_file_size ends a flood exactly as
 * in Judge0 (SIGXFSZ or EFBIG) and /dev/stdin, /dev/stdout and /dev/stderr can be opened again.
 */
export function openRunFiles(request: RunRequest): RunFiles {
  const { folder, uid } = request.slot;
  const opened: number[] = [];
  const paths: string[] = [];
  const create = (name: string, flags: number, mode: number) => {
    const path = join(folder, name);
    rmSync(path, { force: true });
    const fd = openSync(path, flags | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    opened.push(fd);
    paths.push(path);
    return fd;
  };
  const input = (name: string, data: Buffer) => {
    const writer = create(name, O_WRONLY, 0o444);
    writeAll(writer, data);
    const reader = openSync(join(folder, name), O_RDONLY | O_NOFOLLOW);
    opened.push(reader);
    return reader;
  };
  const output = (name: string) => {
    const fd = create(name, O_RDWR, 0o600);
    if (process.getuid?.() === 0) fchownSync(fd, uid, uid);
    return fd;
  };
  const stdout = output('stdout');
  const stderr = request.stderrToStdout ? stdout : output('stderr');
  return {
    stdin: request.stdin && request.stdin.length > 0 ? input('stdin', request.stdin) : 'ignore',
    stdout,
    stderr,
    artefact: request.artefactPath ? openArtefact(request.artefactPath, opened) : 'ignore',
    inputs: request.files.map((file, index) => input(`input-${index}`, file.data)),
    readOutputs: (maxBytes) => ({
      stdout: readAll(stdout, maxBytes),
      stderr: stderr === stdout ? Buffer.alloc(0) : readAll(stderr, maxBytes),
    }),
    close: () => {
      for (const fd of opened) closeSync(fd);
      for (const path of paths) rmSync(path, { force: true });
    },
  };
}

function openArtefact(path: string, opened: number[]): number {
  const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o555);
  opened.push(fd);
  return fd;
}

function writeAll(fd: number, data: Buffer): void {
  for (let offset = 0; offset < data.length;) offset += writeSync(fd, data, offset);
}

function readAll(fd: number, maxBytes: number): Buffer {
  const data = Buffer.alloc(Math.min(fstatSync(fd).size, maxBytes));
  let length = 0;
  while (length < data.length) {
    const count = readSync(fd, data, length, data.length - length, length);
    if (count === 0) break;
    length += count;
  }
  return data.subarray(0, length);
}
