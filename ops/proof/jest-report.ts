import { stripVTControlCharacters } from 'node:util';

/** What jest writes with --json, as far as it is used here. */
export interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: JestFileResult[];
}

export interface JestFileResult {
  /** Absolute path of the test file. */
  name: string;
  status: string;
  /** Why the file as a whole failed; empty when only tests in it did. */
  message: string;
  assertionResults: { fullName: string; status: string; failureMessages: string[] | null }[];
}

/** A test file that failed at first and passed when it ran once more, alone. */
export interface FlakyFile {
  file: string;
  /** The first failed test with the first line of its error. */
  firstError: string;
}

/** What counts of one phase of tests. */
export interface PhaseResult {
  passed: number;
  failed: number;
  /** Tests that did not run; in a check nothing may be skipped. */
  skipped: string[];
  flaky: FlakyFile[];
}

const count = (file: JestFileResult, status: string): number =>
  file.assertionResults.filter((test) => test.status === status).length;

const hasFailed = (file: JestFileResult): boolean => file.status === 'failed' || count(file, 'failed') > 0;

/** Absolute paths of the files with a failed test, and of those that could not run. */
export const failedFiles = (report: JestReport): string[] =>
  report.testResults.filter(hasFailed).map(({ name }) => name);

/** The first failed test of a file and the first lines of its error, in at most 300 characters. */
const firstErrorOf = (file: JestFileResult): string => {
  const failed = file.assertionResults.find(({ status }) => status === 'failed');
  const text = failed
    ? `${failed.fullName}: ${failed.failureMessages?.[0] ?? ''}`
    : file.message || 'ended without a result';
  return stripVTControlCharacters(text).replaceAll(/\s+/g, ' ').trim().slice(0, 300);
};

const skippedIn = (file: JestFileResult, relative: (name: string) => string): string[] =>
  file.assertionResults
    .filter(({ status }) => ['pending', 'skipped', 'todo', 'disabled'].includes(status))
    .map(({ fullName }) => `${relative(file.name)}: ${fullName}`);

/**
 * The result of a phase whose failed files ran once more: `again` holds these only, or is null when none did. A file
 * that failed without a failed test (it could not be loaded, or its process died) counts as one failure.
 */
export const phaseResult = (
  first: JestReport,
  again: JestReport | null,
  relative: (name: string) => string,
): PhaseResult => {
  const second = new Map((again?.testResults ?? []).map((file) => [file.name, file]));
  const result: PhaseResult = { passed: 0, failed: 0, skipped: [], flaky: [] };
  for (const file of first.testResults) {
    const counted = second.get(file.name) ?? file;
    const failedTests = count(counted, 'failed');
    result.passed += count(counted, 'passed');
    result.failed += failedTests === 0 && hasFailed(counted) ? 1 : failedTests;
    result.skipped.push(...skippedIn(counted, relative));
    if (hasFailed(file) && !hasFailed(counted)) {
      result.flaky.push({ file: relative(file.name), firstError: firstErrorOf(file) });
    }
  }
  return result;
};
