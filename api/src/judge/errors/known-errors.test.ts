/**
 * Beginners' mistakes through the real engine: what the compilers and runtimes of this machine say is explained by the
 * entry that is meant for it, and points at the line.
 */
import { describe, expect, test } from '@jest/globals';
import {
  faultyBash,
  faultyC,
  faultyCpp,
  faultyJavascript,
  faultyJavaRuns,
  faultyJavaSources,
  faultyPython,
  javacOfMany,
  recordedMessages,
  type FaultyPrograms,
} from '../../../test/faulty-programs.js';
import { judge } from '../../../test/running-app.js';
import type { JudgeCase, JudgeResult } from '../wire-format.js';
import { limitsFor } from '../languages.js';
import { runCases } from '../run-cases.js';
import { helpWith, knownErrors } from './describe-error.js';
import { firstKnown, type KnownError } from './explanation.js';
import { readableText } from './readable-text.js';

const [bash, c, cpp, java, javascript, python] = [46, 50, 54, 62, 63, 71];

const runAll = async (
  languageId: number,
  programs: { sourceCode: string; stdin?: string }[],
): Promise<JudgeResult[]> => {
  const limits = limitsFor({ timeLimitMs: 10_000, memoryLimitKb: 512_000, waitLimitMs: null }, languageId);
  const cases = programs.map(({ sourceCode, stdin = '' }): JudgeCase => ({
    languageId,
    sourceCode,
    stdin,
    expectedOutput: null,
    limits,
  }));
  const results: JudgeResult[] = [];
  for await (const landed of runCases(judge, cases, { deadlineMs: 600_000 })) {
    for (const { index, result } of landed) results[index] = result;
  }
  return results;
};

/** The name of the first entry that explains the text, as the product chooses it. */
const explainedBy = (errors: readonly KnownError[], text: string): string =>
  firstKnown(errors, text)?.name ?? `nothing explains:\n${text}`;

const namesOf = (mode: string): string[] =>
  [...recordedMessages].flatMap(([of, name]) => (of === mode ? [name] : []));

const expectExplained = (mode: string, programs: FaultyPrograms, texts: string[]): void => {
  const errors = knownErrors[mode] ?? [];
  const found = Object.keys(programs).map((name, at) => [
    name,
    explainedBy(errors, readableText(texts[at] ?? '')),
  ]);
  expect(found).toEqual(Object.keys(programs).map((name) => [name, name]));
};

const textOf = ({ compileOutput, stderr }: JudgeResult): string => compileOutput ?? stderr;

describe('what the real engine says is explained', () => {
  test.each([
    ['python', python, faultyPython],
    ['javascript', javascript, faultyJavascript],
    ['c', c, faultyC],
    ['cpp', cpp, faultyCpp],
    ['shell', bash, faultyBash],
  ] as const)(
    'in %s',
    async (mode, languageId, programs) => {
      const sources = Object.values(programs);
      const results = await runAll(
        languageId,
        sources.map((sourceCode) => ({ sourceCode })),
      );
      expectExplained(mode, programs, results.map(textOf));
      for (const [at, result] of results.entries()) {
        const text = readableText(textOf(result));
        expect(text).not.toMatch(/\/box\/|node:internal|\/tmp\/cc|collect2/);
        const { places = [] } =
          helpWith({ languageId, sourceCode: sources[at] ?? '', text, message: result.message }) ?? {};
        for (const { line } of places)
          expect(line).toBeLessThanOrEqual((sources[at] ?? '').split('\n').length);
      }
    },
    600_000,
  );

  test('by javac', async () => {
    const sources = Object.values(faultyJavaSources).join('\u0001');
    const [result] = await runAll(java, [{ sourceCode: javacOfMany, stdin: sources }]);
    expectExplained('java', faultyJavaSources, result?.stdout.split('\u0001') ?? []);
  }, 600_000);

  test('by the Java runtime', async () => {
    const bodies = Object.values(faultyJavaRuns).map((body, at) => `if (n == ${at}) { ${body} }`);
    const sourceCode = `public class Main {\n  public static void main(String[] args) {\n    int n = new java.util.Scanner(System.in).nextInt();\n    ${bodies.join('\n    ').trim()}\n  }\n  static int deeper(int n) { return deeper(n + 1) + 1; }\n}\n`;
    const results = await runAll(
      java,
      bodies.map((_, at) => ({ sourceCode, stdin: String(at) })),
    );
    expectExplained('java', faultyJavaRuns, results.map(textOf));
    for (const [at, result] of results.entries()) {
      const help = helpWith({
        languageId: java,
        sourceCode,
        text: readableText(result.stderr),
        message: null,
      });
      // The line of the program itself, whatever frames of the library stand above it.
      if (at !== Object.keys(faultyJavaRuns).indexOf('recursion without end')) {
        expect(help?.places).toMatchObject([{ line: at + 4 }]);
      }
    }
  }, 600_000);
});

test.each(recordedMessages)('in %s a recorded message is explained: %s', (mode, name, text) => {
  expect(explainedBy(knownErrors[mode] ?? [], text)).toBe(name);
});

describe('every entry', () => {
  const programs: Record<string, FaultyPrograms[]> = {
    python: [faultyPython],
    javascript: [faultyJavascript],
    java: [faultyJavaSources, faultyJavaRuns],
    c: [faultyC, faultyCpp],
    shell: [faultyBash],
  };

  test.each(Object.entries(programs))('of %s is shown by a program or a recorded message', (mode, shown) => {
    const names = new Set([...shown.flatMap((some) => Object.keys(some)), ...namesOf(mode)]);
    expect((knownErrors[mode] ?? []).map(({ name }) => name).filter((name) => !names.has(name))).toEqual([]);
    expect(knownErrors[mode]?.length).toBeGreaterThanOrEqual(mode === 'shell' ? 9 : 20);
  });

  test('speaks in whole sentences and leaves no group open', () => {
    for (const { name, text, look } of Object.values(knownErrors).flat()) {
      for (const sentence of [text, look])
        expect([name, sentence]).toEqual([name, expect.stringMatching(/^\S.*[.?]$/)]);
    }
  });
});
