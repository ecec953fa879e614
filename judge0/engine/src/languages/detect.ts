import { execFile } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ForeignTool } from '../sandbox/system-view.js';
import type { Language, LanguageSpec } from './language.js';
import { type VersionCache, openVersionCache } from './version-cache.js';

const run = promisify(execFile);

/** What is on this machine, and the tools that must be shown at a place of their own. */
export interface DetectedLanguages {
  languages: Language[];
  foreignTools: ForeignTool[];
}

interface FoundTool {
  hostPath: string;
  boxPath: string;
}

/** Where detection may keep things. */
export interface DetectionFolders {
  /** For copies of tools that slot users could not reach. */
  copyFolder: string;
  /** Remembers the versions of unchanged tools: some take seconds to tell theirs. */
  versionsFile: string;
}

/** Looks for the tools of every declared language and asks them their version. */
export async function detectLanguages(
  specs: LanguageSpec[],
  folders: DetectionFolders,
): Promise<DetectedLanguages> {
  const foreign = new Map<string, ForeignTool>();
  const found = new Map<string, FoundTool | null>();
  const versions = openVersionCache(folders.versionsFile);
  const languages: Language[] = new Array<Language>(specs.length);
  const detectOne = async (spec: LanguageSpec, index: number) => {
    const tools = new Map<string, FoundTool>();
    for (const [name, candidates] of Object.entries(spec.tools)) {
      const id = candidates.join(':');
      if (!found.has(id)) found.set(id, findTool(name, candidates, folders.copyFolder));
      const tool = found.get(id);
      if (tool) tools.set(name, tool);
      if (tool && tool.boxPath.startsWith('/opt/')) foreign.set(tool.boxPath, tool);
    }
    const missing = Object.keys(spec.tools).some((name) => !tools.has(name));
    languages[index] = await describe(spec, missing ? null : tools, versions);
  };
  const queue = [...specs.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await detectOne(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  versions.save();
  return { languages, foreignTools: [...foreign.values()] };
}

async function describe(
  spec: LanguageSpec,
  tools: Map<string, FoundTool> | null,
  versions: VersionCache,
): Promise<Language> {
  const fill = (command: string, side: keyof FoundTool) =>
    command.replace(/\{(\w+)\}/g, (whole, name: string) => tools?.get(name)?.[side] ?? whole);
  const ask = () => askVersion(spec, (part) => fill(part, 'hostPath'));
  const paths = [...(tools?.values() ?? [])].map(({ hostPath }) => hostPath);
  const version = tools && spec.version ? await versions.get(spec.id, paths, ask) : null;
  const installed = tools !== null && (version !== null || !spec.version);
  const name = version ? `${spec.label} (${[spec.toolName, version].filter(Boolean).join(' ')})` : spec.label;
  return {
    spec,
    name,
    installed,
    compile: spec.compile ? fill(spec.compile, 'boxPath') : null,
    run: fill(spec.run, 'boxPath'),
  };
}

async function askVersion(spec: LanguageSpec, fill: (part: string) => string): Promise<string | null> {
  const [command = '', ...args] = spec.version?.command.map(fill) ?? [];
  try {
    const env = { PATH: '/usr/bin:/bin', HOME: '/tmp' };
    const { stdout, stderr } = await run(command, args, { timeout: 30_000, env });
    return spec.version?.pattern.exec(stdout + stderr)?.[1] ?? null;
  } catch {
    // A tool that cannot tell its version cannot run a program either.
    return null;
  }
}

function findTool(name: string, candidates: string[], copyFolder: string): FoundTool | null {
  for (const candidate of candidates) {
    if (!existsSync(candidate)) continue;
    const real = realpathSync(candidate);
    if (isSystemPath(real) && isSystemPath(candidate)) return { hostPath: candidate, boxPath: candidate };
    // A script outside the system folders is a version manager's shim, or needs files that the box does not show.
    if (!isElf(real)) continue;
    return { hostPath: reachable(real) ? real : copyTool(real, copyFolder, name), boxPath: `/opt/${name}` };
  }
  return null;
}

/** What every box shows: /usr, but not the places of local software and sources. */
function isSystemPath(path: string): boolean {
  return /^\/(usr|bin|sbin|lib|lib64)\//.test(path) && !/^\/usr\/(local|src)\//.test(path);
}

function isElf(path: string): boolean {
  const magic = Buffer.alloc(4);
  const fd = openSync(path, 'r');
  readSync(fd, magic, 0, 4, 0);
  closeSync(fd);
  return magic.equals(Buffer.from('\x7fELF', 'latin1'));
}

/** Whether a user without rights can execute the file. */
function reachable(path: string): boolean {
  for (let part = path; part !== '/'; part = dirname(part)) {
    if ((statSync(part).mode & 0o001) === 0) return false;
  }
  return true;
}

function copyTool(path: string, folder: string, name: string): string {
  const copy = join(folder, name);
  copyFileSync(path, copy);
  return copy;
}
