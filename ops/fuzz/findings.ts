import type { FuzzCase } from './cases.js';
import type { FuzzAnswer } from './send.js';

export type FindingKind =
  'server error' | 'no answer' | 'hang' | 'crash' | 'trace' | 'database text' | 'foreign data';

export interface Finding {
  kind: FindingKind;
  what: string;
}

/** An answer may take so long. */
export const hangMs = 5000;

const traces = [/^\s*at .+:\d+:\d+\)?$/m, /\\n\s*at [^"]+:\d+:\d+/, /node_modules|node:internal|file:\/\/\//];
const databaseTexts = [
  /\bPGRST\d+|\bSQLSTATE\b|row-level security|invalid input syntax|duplicate key value/i,
  /violates [a-z-]+ constraint|(relation|column|function|schema) "?[\w.]+"? does not exist/i,
  // A sentence of ours begins with a capital: "Select a course from the list."
  /\b(select|delete|SELECT|DELETE)\b[^"]{1,80}\b(from|FROM)\s+(public\.)?\w+/,
  /\binsert into\b|\bupdate\s+\w+\s+set\b/i,
];

const firstMatch = (patterns: RegExp[], text: string): string | undefined =>
  patterns.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);

/**
 * What is wrong with an answer, whatever was asked. `foreign` are ids and names of another school: who is of this one
 * never hears them, unless they said them first. A hang is judged by the caller, who can ask again.
 */
export const findingsIn = (
  one: Pick<FuzzCase, 'cutOff'>,
  sent: string,
  answer: FuzzAnswer,
  foreign: readonly string[],
): Finding[] => {
  const text = `${answer.head}\n${answer.body}`;
  const findings: Finding[] = [];
  if (answer.status === 0 && !one.cutOff)
    findings.push({ kind: 'no answer', what: 'the connection was closed' });
  if (answer.status >= 500)
    findings.push({ kind: 'server error', what: `${answer.status} ${answer.body.slice(0, 400)}` });
  // What the sender wrote may come back.
  const own = (found: string | undefined): found is string => found !== undefined && !sent.includes(found);
  const trace = firstMatch(traces, text);
  if (own(trace)) findings.push({ kind: 'trace', what: trace });
  const database = firstMatch(databaseTexts, text);
  if (own(database)) findings.push({ kind: 'database text', what: database });
  const leaked = foreign.find((secret) => text.includes(secret) && !sent.includes(secret));
  if (leaked) findings.push({ kind: 'foreign data', what: leaked });
  return findings;
};
