import { setTimeout as sleep } from 'node:timers/promises';
import { JudgeUnavailableError, maxBatch, type JudgeClient } from './client.js';
import type { JudgeCase, JudgeResult } from './wire-format.js';
import { isTimeLimit } from './verdict.js';

const firstPollMs = 40;
const slowestPollMs = 500;
const unfinished = 2;
const maxResends = 3;
// Few at first: a program that is too slow, or does not compile, should not have all its tests at the judge by then.
const firstWindow = 4;

interface Pending {
  index: number;
  token: string;
  resends: number;
}

/** Without `cancel`, what is left at the judge runs to its limits. */
type Runner = Pick<JudgeClient, 'createBatch' | 'getBatch'> & Partial<Pick<JudgeClient, 'cancel'>>;

const send = async (judge: Runner, cases: JudgeCase[], indices: number[]): Promise<string[]> => {
  const tokens: string[] = [];
  for (let at = 0; at < indices.length; at += maxBatch) {
    const slice = indices.slice(at, at + maxBatch).map((index) => cases[index] as JudgeCase);
    tokens.push(...(await judge.createBatch(slice)));
  }
  return tokens;
};

const poll = async (judge: Runner, pending: Pending[]): Promise<(JudgeResult | null)[]> => {
  const results: (JudgeResult | null)[] = [];
  for (let at = 0; at < pending.length; at += maxBatch) {
    results.push(...(await judge.getBatch(pending.slice(at, at + maxBatch).map(({ token }) => token))));
  }
  return results;
};

export interface RunCasesOptions {
  deadlineMs: number;
  signal?: AbortSignal;
  /** Sent with each case; what is still there when the caller leaves the loop is cancelled by it. */
  group?: string;
  lane?: 'run';
  /** Told how many programs are sent again because the judge forgot them. */
  onResend?: (programs: number) => void;
}

/**
 * Runs all cases on the judge, four at first and more as they end, and yields groups of finished ones as they land. Cases
 * that the judge forgot (it was restarted) are sent again. Throws JudgeUnavailableError when the judge is away, full, or
 * past the deadline.
 */
export async function* runCases(
  judge: Runner,
  cases: JudgeCase[],
  options: RunCasesOptions,
): AsyncGenerator<{ index: number; result: JudgeResult }[]> {
  const { group, lane } = options;
  const end = Date.now() + options.deadlineMs;
  const sent = cases.map((one) => ({ ...one, ...(lane ? { lane } : {}), ...(group ? { group } : {}) }));
  let pending: Pending[] = [];
  let next = 0;
  let open = firstWindow;
  let waitMs = firstPollMs;
  try {
    while (pending.length > 0 || next < sent.length) {
      const fresh = sent.slice(next, next + open - pending.length).map((_, at) => next + at);
      next += fresh.length;
      const tokens = await send(judge, sent, fresh);
      pending.push(...fresh.map((index, at) => ({ index, token: tokens[at] as string, resends: 0 })));
      await sleep(waitMs, undefined, options.signal ? { signal: options.signal } : {});
      if (Date.now() > end) throw new JudgeUnavailableError('the judge did not finish in time');
      const results = await poll(judge, pending);
      const landed = pending.flatMap(({ index }, at) => {
        const result = results[at];
        return result && result.statusId > unfinished ? [{ index, result }] : [];
      });
      const forgotten = pending.filter((_, at) => results[at] === null);
      if (forgotten.some(({ resends }) => resends >= maxResends)) {
        throw new JudgeUnavailableError('the judge forgets what it is given');
      }
      const done = new Set(landed.map(({ index }) => index));
      const lost = new Set(forgotten.map(({ index }) => index));
      if (lost.size > 0) options.onResend?.(lost.size);
      const again = await send(judge, sent, [...lost]);
      pending = [
        ...pending.filter(({ index }) => !done.has(index) && !lost.has(index)),
        ...forgotten.map((entry, at) => ({
          ...entry,
          token: again[at] as string,
          resends: entry.resends + 1,
        })),
      ];
      open = Math.min(open + landed.length, maxBatch);
      waitMs = landed.length > 0 ? firstPollMs : Math.min(waitMs * 1.5, slowestPollMs);
      if (landed.length > 0) yield landed;
    }
  } finally {
    if (group && pending.length > 0) void judge.cancel?.(group).catch(() => undefined);
  }
}

/**
 * As runCases, with the results in the order of the cases and never one twice, until `timeLimitsLeft` of them were past
 * the time limit (null: to the end); the rest is then cancelled.
 */
export async function* runInOrder(
  judge: Runner,
  cases: JudgeCase[],
  options: RunCasesOptions & { timeLimitsLeft: number | null },
): AsyncGenerator<{ index: number; result: JudgeResult }[]> {
  const { timeLimitsLeft } = options;
  const held = new Map<number, JudgeResult>();
  let next = 0;
  let timeLimits = 0;
  const isOver = () => timeLimitsLeft !== null && timeLimits >= timeLimitsLeft;
  if (isOver()) return;
  for await (const landed of runCases(judge, cases, options)) {
    for (const { index, result } of landed) held.set(index, result);
    const inOrder: { index: number; result: JudgeResult }[] = [];
    for (let result = held.get(next); result && !isOver(); result = held.get(next)) {
      inOrder.push({ index: next, result });
      if (isTimeLimit(result)) timeLimits += 1;
      next += 1;
    }
    if (inOrder.length > 0) yield inOrder;
    if (isOver()) return;
  }
}
