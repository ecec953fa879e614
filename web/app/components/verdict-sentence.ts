import type { RunCase } from '@coding-platform/api/schema/runs';
import type { AppliedLimits } from '@coding-platform/api/schema/submissions';

/** What one test or own input said; `finished` is own input that ran to its end. */
export type CaseStatus = RunCase['status'];

export interface Limits {
  timeLimitMs: number;
  memoryLimitKb: number;
  /** By the clock, for a program that waits; absent where it is not known. */
  wallLimitMs?: number;
}

/** The limits that applied, as the answer tells them, or else those of the problem. */
export const toLimits = (applied: AppliedLimits | undefined, known: Limits | null): Limits | null =>
  applied
    ? { timeLimitMs: applied.timeMs, memoryLimitKb: applied.memoryKb, wallLimitMs: applied.wallMs }
    : known;

/** Milliseconds as people read them: 12 ms, 1.5 s. */
export const formatTime = (timeMs: number | null): string =>
  timeMs === null ? '–' : timeMs < 1000 ? `${timeMs} ms` : `${Number((timeMs / 1000).toFixed(2))} s`;

/** Kilobytes as people read them: 812 KB, 3.4 MB. */
export const formatMemory = (memoryKb: number | null): string => {
  if (memoryKb === null) return '–';
  if (memoryKb < 1024) return `${memoryKb} KB`;
  const megabytes = memoryKb / 1024;
  return `${megabytes < 10 ? Number(megabytes.toFixed(1)) : Math.round(megabytes)} MB`;
};

/** A program that was ended before its computing time was used up had waited. */
const timeLimitSentence = (limits: Limits | null, timeMs: number | null): string => {
  if (limits?.wallLimitMs && timeMs !== null && timeMs < limits.timeLimitMs) {
    return `Your program was stopped after ${formatTime(limits.wallLimitMs)} by the clock, of which it computed for ${formatTime(timeMs)}. Does it sleep, or wait for something that does not come?`;
  }
  const after = limits
    ? `after ${formatTime(limits.timeLimitMs)} of computing time`
    : 'when its time was over';
  return `Your program was still running ${after} and was stopped. Look for a loop that does not end, or for a faster way.`;
};

/**
 * What happened and where to look next, in the learner's words. Without limits it names none; `timeMs` is the computing
 * time of the program.
 */
export const verdictSentence = (
  status: CaseStatus,
  limits: Limits | null,
  timeMs: number | null = null,
): string => {
  switch (status) {
    case 'not_run':
      return 'This test was not run, because your program ran out of time in tests before it.';
    case 'accepted':
      return 'The output is right.';
    case 'finished':
      return 'Your program ran to its end.';
    case 'wrong_answer':
      return 'The output is not the expected one. The marked places differ.';
    case 'time_limit':
      return timeLimitSentence(limits, timeMs);
    case 'memory_limit':
      return `Your program needed more ${limits ? `than ${formatMemory(limits.memoryLimitKb)} of memory` : 'memory than it may use'}. Look for a list or a text that grows without end.`;
    case 'output_limit':
      return 'Your program printed far too much and was stopped. Look for a loop that prints without end.';
    case 'runtime_error':
      return 'Your program stopped with an error before it was done. The last lines of the error output say where.';
    case 'compile_error':
      return 'The program has a mistake that keeps it from being compiled or read, so no test was run.';
  }
};
