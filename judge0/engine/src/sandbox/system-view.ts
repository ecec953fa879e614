import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Where a program finds what is preloaded into it. */
export const FLUSH_LIBRARY = '/etc/judge-flush.so';

/** The user and group that a program believes to be, in every sandbox. */
export const BOX_UID = 1000;

const PASSWD = `root:x:0:0:root:/root:/usr/sbin/nologin\nbox:x:${BOX_UID}:${BOX_UID}:box:/tmp:/bin/bash\n`;
const GROUP = `root:x:0:\nbox:x:${BOX_UID}:\n`;
const HOSTS = '127.0.0.1 localhost box\n::1 localhost box\n';

/** Host files without secrets that compilers and interpreters look for; folders are copied, links kept. */
const SHARED_ETC = ['alternatives', 'ld.so.cache', 'localtime', 'mime.types'];

/** A tool that lives outside the system folders, shown read-only at a place of its own. */
export interface ForeignTool {
  hostPath: string;
  boxPath: string;
}

/** What the installed languages need besides /usr. */
export interface ExtraView {
  etc: string[];
  folders: string[];
  tools: ForeignTool[];
  /** Preloaded into programs; in the box's own /etc, as a mount of its own would cost time in each run. */
  flushLibrary: string | null;
}

/**
 * bubblewrap arguments for a read-only system: /usr without /usr/local and sources, and an own /etc made in `folder`
 * that holds no account, host name or secret of the machine.
 */
export function systemView(folder: string, extra: ExtraView): string[] {
  const etc = join(folder, 'etc');
  const empty = join(folder, 'empty');
  mkdirSync(empty, { recursive: true, mode: 0o755 });
  buildEtc(etc, extra.etc);
  if (extra.flushLibrary) cpSync(extra.flushLibrary, join(folder, FLUSH_LIBRARY));
  const args = ['--ro-bind', '/usr', '/usr'];
  for (const hidden of ['/usr/local', '/usr/src']) {
    if (existsSync(hidden)) args.push('--ro-bind', empty, hidden);
  }
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']) {
    const path = `/${name}`;
    if (!existsSync(path)) continue;
    if (lstatSync(path).isSymbolicLink()) args.push('--symlink', readlinkSync(path), path);
    else args.push('--ro-bind', path, path);
  }
  args.push('--ro-bind', etc, '/etc');
  for (const path of extra.folders) args.push('--ro-bind', path, path);
  for (const tool of extra.tools) args.push('--ro-bind', tool.hostPath, tool.boxPath);
  return args;
}

/** bubblewrap arguments that cover each file of the machine in /proc; only processes are left. */
export function procCovers(folder: string): string[] {
  const empty = join(folder, 'empty');
  return readdirSync('/proc', { withFileTypes: true })
    .filter((entry) => !/^\d+$/.test(entry.name) && !entry.isSymbolicLink())
    .flatMap((entry) => ['--ro-bind', entry.isDirectory() ? empty : '/dev/null', `/proc/${entry.name}`]);
}

function buildEtc(etc: string, extra: string[]): void {
  mkdirSync(etc, { recursive: true, mode: 0o755 });
  writeFileSync(join(etc, 'passwd'), PASSWD, { mode: 0o644 });
  writeFileSync(join(etc, 'group'), GROUP, { mode: 0o644 });
  writeFileSync(join(etc, 'hosts'), HOSTS, { mode: 0o644 });
  writeFileSync(join(etc, 'nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files\n', { mode: 0o644 });
  const present = readdirSync('/etc');
  for (const wanted of [...SHARED_ETC, ...extra]) {
    for (const name of present.filter((candidate) => matches(candidate, wanted))) copyEntry(name, etc);
  }
}

/** `*` at the end of a wanted name stands for any rest, as in "java-*". */
function matches(name: string, wanted: string): boolean {
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

function copyEntry(name: string, etc: string): void {
  const source = name === 'localtime' ? realpathSync('/etc/localtime') : join('/etc', name);
  cpSync(source, join(etc, name), {
    recursive: true,
    verbatimSymlinks: true,
    // What only root may read is nobody's business in a sandbox.
    filter: (path) => {
      const stat = lstatSync(path);
      return stat.isSymbolicLink() || stat.isDirectory() || (stat.isFile() && (stat.mode & 0o004) !== 0);
    },
  });
}
