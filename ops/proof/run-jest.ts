/**
 * Runs one phase of tests: `run-jest.ts NAME [jest's arguments]`. Files that fail run once more, alone; what passes then
 * is flaky. The result is left in artifacts/NAME.result.json for the last lines of .ci/run.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { failedFiles, phaseResult, type JestReport } from './jest-report.js';

/** More than these at once are no flaky tests: something is broken, and running them again only costs time. */
const MOST_RERUN_FILES = 12;

const projectRoot = path.resolve(import.meta.dirname, '../..');

interface Run {
  /** Null when jest ended without one. */
  report: JestReport | null;
  exitCode: number | null;
}

const jest = async (root: string, args: string[], reportFile: string): Promise<Run> => {
  rmSync(reportFile, { force: true });
  const program = path.join(projectRoot, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [program, '--json', `--outputFile=${reportFile}`, ...args], {
    cwd: root,
    // What --json prints is in the file as well.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  const report = existsSync(reportFile) ? (JSON.parse(readFileSync(reportFile, 'utf8')) as JestReport) : null;
  return { report, exitCode };
};

/** Jest's arguments without those that choose files, which stand behind `--`. */
const withoutFiles = (args: string[]): string[] => {
  const end = args.indexOf('--');
  return end === -1 ? args : args.slice(0, end);
};

/**
 * Runs a phase in `root` and writes its result to artifacts/NAME.result.json. Returns whether all passed, be it at the
 * second try.
 */
export const runJestPhase = async (name: string, args: string[], root = projectRoot): Promise<boolean> => {
  const artifacts = path.join(root, 'artifacts');
  mkdirSync(artifacts, { recursive: true });
  const relative = (file: string): string => path.relative(root, file);
  const first = await jest(root, args, path.join(artifacts, `${name}.json`));
  const failed = first.report ? failedFiles(first.report) : [];
  const reruns = failed.length > 0 && failed.length <= MOST_RERUN_FILES;
  if (reruns) console.log(`== once more, alone: ${failed.map(relative).join(', ')}`);
  const again = reruns
    ? await jest(
        root,
        [...withoutFiles(args), '--runInBand', '--runTestsByPath', '--', ...failed],
        path.join(artifacts, `${name}.again.json`),
      )
    : null;
  const result = first.report
    ? phaseResult(first.report, again?.report ?? null, relative)
    : { passed: 0, failed: 0, skipped: [], flaky: [] };
  // The last run failed, but none of its tests: its set-up or its end did, for example because a program had died.
  if (result.failed === 0 && (again ?? first).exitCode !== 0) result.failed = 1;
  for (const { file, firstError } of result.flaky) console.log(`FLAKY ${file}\n      ${firstError}`);
  writeFileSync(path.join(artifacts, `${name}.result.json`), JSON.stringify(result, null, 2));
  return result.failed === 0;
};

if (process.argv[1] === import.meta.filename) {
  const [name = '', ...args] = process.argv.slice(2);
  process.exitCode = (await runJestPhase(name, args)) ? 0 : 1;
}
