import type { FuzzFailure, FuzzReport } from './fuzz.js';

const shownPerKind = 3;

const failureText = ({ kind, operation, role, index, what, sent }: FuzzFailure): string =>
  `${kind}: ${operation} by ${role} (request ${index})\n  ${what}\n  ${JSON.stringify(sent.slice(0, 700))}`;

/** The failures, the first of each kind and operation in full. */
export const failureTexts = (failures: FuzzFailure[]): string[] => {
  const groups = new Map<string, FuzzFailure[]>();
  for (const failure of failures) {
    const name = `${failure.kind}: ${failure.operation}`;
    groups.set(name, [...(groups.get(name) ?? []), failure]);
  }
  return [...groups].flatMap(([name, all]) => [
    `== ${name}: ${all.length}`,
    ...all.slice(0, shownPerKind).map(failureText),
  ]);
};

/** Counts of a run, one a line. */
export const summary = ({ seed, sent, statuses, operations, slowestMs, failures }: FuzzReport): string =>
  [
    `seed ${seed}: ${sent} requests to ${operations} operations, ${failures.length} failures, slowest ${slowestMs} ms`,
    Object.entries(statuses)
      .map(([status, count]) => `${status}: ${count}`)
      .join('  '),
  ].join('\n');
