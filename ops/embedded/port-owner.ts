import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface PortOwner {
  pid: number;
  program: string;
}

const LISTENING = '0A';

/** Inodes of the sockets that listen on a port, from the kernel's tables. */
const listeningInodes = (port: number): Set<string> => {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    let lines: string[] = [];
    try {
      lines = readFileSync(table, 'utf8').split('\n').slice(1);
    } catch {
      // No such kernel table here: the owner stays unknown.
    }
    for (const line of lines) {
      const columns = line.trim().split(/\s+/);
      const [, local = '', , state] = columns;
      if (state === LISTENING && local.endsWith(`:${wanted}`) && columns[9]) inodes.add(columns[9]);
    }
  }
  return inodes;
};

const holdsOneOf = (pid: string, inodes: Set<string>): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      try {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
        return inode !== undefined && inodes.has(inode);
      } catch {
        return false;
      }
    });
  } catch {
    // Another user's process, or one that just ended.
    return false;
  }
};

/** A command line without what node preloads, as long as a line may be. */
const shorten = (words: string[]): string =>
  words
    .filter((word, place) => word && word !== '--import' && words[place - 1] !== '--import')
    .join(' ')
    .slice(0, 80);

/** Who listens on a TCP port of this machine; null when that cannot be seen (another user's program). */
export const ownerOfPort = (port: number): PortOwner | null => {
  const inodes = listeningInodes(port);
  if (inodes.size === 0) return null;
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && holdsOneOf(name, inodes));
  if (!pid) return null;
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return { pid: Number(pid), program: shorten(words) };
};
