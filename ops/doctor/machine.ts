import { readFile, readdir, stat } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { lookup } from 'node:dns/promises';
import path from 'node:path';
import { connect } from 'node:tls';
import { runOnMachine, type Run } from '../compose/command.js';
import { onMachine, projectDirectory } from '../compose/project.js';
import { ownerOfPort } from '../embedded/port-owner.js';

export interface ServedCertificate {
  validTo: Date;
  issuer: string;
  /** Host names and addresses that it is for. */
  names: string[];
}

export interface FileEntry {
  name: string;
  modifiedAt: Date;
  bytes: number;
}

export interface FileOwner {
  uid: number;
  gid: number;
  mode: number;
}

/** All that doctor and setup learn of a machine comes through here, so that tests can show them other machines. */
export interface Machine {
  run: Run;
  /** A file of the machine, or of the project for a relative path; null when it cannot be read. */
  readText(file: string): Promise<string | null>;
  /** Permission bits, as 0o600; null when there is no such file. */
  modeOf(file: string): Promise<number | null>;
  /** Whose a file is, and its permission bits; null when there is none, or its folder may not be seen. */
  ownerOf(file: string): Promise<FileOwner | null>;
  /** Files of a folder; none when there is no such folder. */
  list(folder: string): Promise<FileEntry[]>;
  /** Addresses of a name; none when it is unknown. */
  lookup(name: string): Promise<string[]>;
  /** This machine's own. */
  addresses(): string[];
  /** The program behind a port, or null where it cannot be seen. */
  programAt(port: number): string | null;
  /** What 127.0.0.1 shows at this port to who asks for the name; null when it shows none. */
  certificateAt(port: number, name: string): Promise<ServedCertificate | null>;
  now(): Date;
}

const placeOf = (file: string): string => onMachine(path.resolve(projectDirectory(), file));

const listFolder = async (folder: string): Promise<FileEntry[]> => {
  const place = placeOf(folder);
  const names = await readdir(place).catch(() => []);
  const entries = names.map(async (name) => {
    const found = await stat(path.join(place, name)).catch(() => null);
    return found?.isFile() ? { name, modifiedAt: found.mtime, bytes: found.size } : null;
  });
  return (await Promise.all(entries)).filter((entry) => entry !== null);
};

const resolveWithinMs = 3000;
const shakeHandsWithinMs = 3000;

const within = <T>(ms: number, work: Promise<T>, otherwise: T): Promise<T> =>
  Promise.race([work, new Promise<T>((resolve) => setTimeout(() => resolve(otherwise), ms).unref())]);

const certificateAt = (port: number, name: string): Promise<ServedCertificate | null> =>
  new Promise((resolve) => {
    // An address is no server name, by RFC 6066.
    const servername = /^[\d.]+$|:/.test(name) ? '' : name;
    // Whether browsers would trust it is not asked here: an own authority is fine.
    const socket = connect({ port, host: '127.0.0.1', servername, rejectUnauthorized: false }, () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (!certificate) return resolve(null);
      const names = (certificate.subjectAltName ?? '')
        .split(', ')
        .map((entry) => entry.replace(/^(DNS|IP Address):/, ''));
      resolve({ validTo: new Date(certificate.validTo), issuer: certificate.issuer ?? '', names });
    });
    socket.setTimeout(shakeHandsWithinMs, () => socket.destroy());
    socket.on('error', () => resolve(null)).once('close', () => resolve(null));
  });

/** The machine that this runs on. */
export const thisMachine = (): Machine => ({
  run: runOnMachine,
  readText: (file) => readFile(placeOf(file), 'utf8').catch(() => null),
  modeOf: async (file) => {
    const found = await stat(placeOf(file)).catch(() => null);
    return found && found.mode & 0o777;
  },
  ownerOf: async (file) => {
    const found = await stat(placeOf(file)).catch(() => null);
    return found && { uid: found.uid, gid: found.gid, mode: found.mode & 0o777 };
  },
  list: listFolder,
  lookup: (name) =>
    within(
      resolveWithinMs,
      lookup(name, { all: true }).then(
        (found) => found.map(({ address }) => address),
        () => [],
      ),
      [],
    ),
  addresses: () =>
    Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address)),
  programAt: (port) => ownerOfPort(port)?.program ?? null,
  certificateAt,
  now: () => new Date(),
});
