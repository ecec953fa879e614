import { setTimeout as sleep } from 'node:timers/promises';
import { inRequest } from '../lib/request-scope.js';
import type { JudgeClient } from './client.js';
import { limitsFor } from './languages.js';
import { runCases } from './run-cases.js';

const printed = 'alive';

/** By Judge0's id of the language, those that start quickest first. */
const programs: ReadonlyMap<number, string> = new Map([
  [46, `echo ${printed}`],
  [71, `print("${printed}")`],
  [63, `console.log("${printed}")`],
  [50, `#include <stdio.h>\nint main(void) { puts("${printed}"); return 0; }\n`],
  [54, `#include <iostream>\nint main() { std::cout << "${printed}\\n"; }\n`],
  [62, `public class Main { public static void main(String[] a) { System.out.println("${printed}"); } }`],
]);

const accepted = 3;
const deadlineMs = 15_000;
// The first look waits a little for its program, so that a judge which fails is seen at once.
const firstLookMs = 2000;

/**
 * Runs a program that prints, in the first language that the judge has of those that are wanted; the status that it
 * ended with, and the judge's message. Throws when the judge has none of them, or is away.
 */
export const runPrinting = async (
  judge: Pick<JudgeClient, 'languages' | 'createBatch' | 'getBatch'>,
  options: { wanted?: (languageId: number) => boolean; perProcessLimits?: boolean } = {},
): Promise<{ accepted: boolean; statusId: number; message: string | null }> => {
  const { wanted = () => true, perProcessLimits = false } = options;
  const installed = new Set((await judge.languages()).map(({ id }) => id));
  const [chosen] = [...programs].filter(([id]) => installed.has(id) && wanted(id));
  if (!chosen) throw new Error('the judge has none of the languages that the product knows');
  const [languageId, sourceCode] = chosen;
  const limits = limitsFor({ timeLimitMs: 2000, memoryLimitKb: 128_000, waitLimitMs: null }, languageId);
  const one = { languageId, sourceCode, stdin: '', expectedOutput: `${printed}\n`, limits, perProcessLimits };
  for await (const [landed] of runCases(judge, [one], { deadlineMs })) {
    const { statusId = 0, message = null } = landed?.result ?? {};
    return { accepted: statusId === accepted, statusId, message };
  }
  throw new Error('the judge told no result');
};

const runProgram = async (judge: JudgeClient): Promise<void> => {
  const { accepted: alive, statusId, message } = await runPrinting(judge);
  if (alive) return;
  throw new Error(`a program that only prints ended with status ${statusId}${message ? `: ${message}` : ''}`);
};

/**
 * Tells whether the judge judges: its API answers, and a program that prints ran to its end when it was last tried,
 * at most every everyMs. An official Judge0 whose sandbox is broken answers as if nothing were wrong.
 *
 * The function returned rejects with the reason; while a program runs, the result of the one before counts.
 */
export const createJudgeCanary = (
  judge: JudgeClient,
  everyMs: number,
  /** Told of each try; seconds is null when it failed. */
  onTried: (seconds: number | null) => void = () => undefined,
): (() => Promise<void>) => {
  let startedAt = -Infinity;
  let running: Promise<void> | undefined;
  let failure: Error | null | undefined;

  const start = (): void => {
    startedAt = performance.now();
    // Not on behalf of whoever asked first.
    running = inRequest(undefined, () => runProgram(judge)).then(
      () => {
        failure = null;
        onTried((performance.now() - startedAt) / 1000);
      },
      (error: unknown) => {
        failure = error instanceof Error ? error : new Error(String(error));
        onTried(null);
      },
    );
    void running.finally(() => (running = undefined));
  };

  return async () => {
    await judge.about().catch((error: unknown) => {
      onTried(null);
      throw error;
    });
    if (!running && performance.now() - startedAt >= everyMs) start();
    if (failure === undefined && running) {
      const waited = new AbortController();
      const limit = sleep(firstLookMs, undefined, { signal: waited.signal }).catch(() => undefined);
      await Promise.race([running, limit]);
      waited.abort();
    }
    if (failure) throw failure;
  };
};
