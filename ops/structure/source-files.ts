import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One way in which a tree breaks a rule; a warning does not fail the check. */
export interface Finding {
  rule: string;
  severity: 'error' | 'warning';
  /** Relative to the tree's root, with slashes. */
  file: string;
  message: string;
}

export interface SourceFile {
  /** Relative to the tree's root, with slashes. */
  file: string;
  text: string;
}

const workspaces = ['web', 'api', 'judge0', 'ops'];
const passedOver = new Set(['node_modules', 'dist', 'build', 'coverage', 'artifacts', 'public', '.vite']);
/** Programs that learners see, in the languages and by the names these ask for: content, not our sources. */
const content = /^ops\/demo-school\/courses\//;

const walk = (root: string, folder: string): string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : walk(root, name);
    return /\.(ts|tsx|js|mjs|cjs)$/.test(entry.name) && !content.test(name) ? [name] : [];
  });

/** All TypeScript and JavaScript sources of the workspaces under `root`, sorted. */
export const readSourceFiles = (root: string): SourceFile[] => {
  const present = readdirSync(root);
  return workspaces
    .filter((workspace) => present.includes(workspace))
    .flatMap((workspace) => walk(root, workspace))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
};

/** Whether a file is a test or serves tests only. */
export const isTest = (file: string): boolean =>
  /\.test\.tsx?$/.test(file) || /^web\/e2e\//.test(file) || /(^|\/)test\//.test(file);
