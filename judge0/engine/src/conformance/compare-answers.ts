import { DIFFERENCES } from './differences.js';

/** A place where an answer is not the recorded one. */
export interface Finding {
  call: string;
  at: string;
  expected: unknown;
  actual: unknown;
  /** Title of the deliberate difference that explains it, or null. */
  explainedBy: string | null;
}

/** Never the same twice: their presence and type are compared, not their value. */
const VOLATILE =
  /(^|\.)(token|created_at|finished_at|time|wall_time|memory|total_pages|total_count|prev_page|next_page)$/;

/** Both values, made comparable; texts of different machines lose paths and process ids. */
export function normalizeText(text: string): string {
  return text
    .replace(/LD_LIBRARY_PATH=\S+ /g, '')
    .replace(/\/usr\/local\/[^/\s]+\/bin\//g, '/usr/bin/')
    .replace(/(^|\s)\/bin\//g, '$1/usr/bin/')
    .replace(/run: line 1:\s+\d+ /g, 'run: line 1: N ')
    .replace(/its status is \d+ \([A-Za-z ]+\)/, 'its status is N');
}

/** Deep comparison; lists and objects place by place. */
export function compareAnswers(call: string, at: string, expected: unknown, actual: unknown): Finding[] {
  const differs = (): Finding[] => {
    const explainedBy = DIFFERENCES.find((difference) => difference.explains(call, at))?.title ?? null;
    return [{ call, at, expected, actual, explainedBy }];
  };
  if (isObject(expected) && isObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) =>
      compareAnswers(call, at ? `${at}.${key}` : key, expected[key], actual[key]),
    );
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) return differs();
    return expected.flatMap((item, index) => compareAnswers(call, `${at}[${index}]`, item, actual[index]));
  }
  if (VOLATILE.test(at) && kindOf(expected) === kindOf(actual)) return [];
  if (typeof expected === 'string' && typeof actual === 'string') {
    return normalizeText(expected) === normalizeText(actual) ? [] : differs();
  }
  return Object.is(expected, actual) ? [] : differs();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
