import { createCases, type FuzzCase, type OpenApi } from './cases.js';
import { findingsIn, hangMs, type Finding } from './findings.js';
import { createSchools, type Schools } from './schools.js';
import { sendCase, wireOf, type FuzzAnswer } from './send.js';
import { startFuzzStack, type FuzzStack } from './stack.js';

export interface FuzzFailure extends Finding {
  index: number;
  operation: string;
  role: string;
  /** The request as it was sent, cut. */
  sent: string;
}

export interface FuzzReport {
  seed: number;
  sent: number;
  /** How many answers had each status; 0: none, to a request that broke off. */
  statuses: Record<string, number>;
  operations: number;
  slowestMs: number;
  failures: FuzzFailure[];
  /** What the api wrote of faults. */
  faults: string[];
}

const atOnce = 6;
const batchSize = 120;
const mostFailures = 200;
const tries = 3;

const textOf = (one: FuzzCase, known: Record<string, string>): string => {
  const { head, body } = wireOf(one, known);
  let path = one.path;
  try {
    path = decodeURIComponent(wireOf(one, known).head.split(' ')[1] ?? '');
  } catch {
    // A path that cannot be decoded was sent on purpose.
  }
  return `${path}\n${head}${body.toString()}`;
};

/**
 * Asks again and alone until an answer comes in time: slow among others may be slow because of them, and a server that
 * refuses a large body may close before its answer is read. @returns the last answer
 */
const askAgain = async (port: number, one: FuzzCase, known: Record<string, string>): Promise<FuzzAnswer> => {
  let answer = await sendCase(port, one, known);
  for (let at = 1; at < tries && (answer.elapsedMs > hangMs || answer.status === 0); at += 1)
    answer = await sendCase(port, one, known);
  return answer;
};

const inBatches = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / batchSize) }, (_, at) =>
    items.slice(at * batchSize, (at + 1) * batchSize),
  );

const run = async (
  stack: FuzzStack,
  schools: Schools,
  cases: FuzzCase[],
  onProgress: (done: number) => void,
): Promise<Omit<FuzzReport, 'seed' | 'faults'>> => {
  const statuses: Record<string, number> = {};
  const failures: FuzzFailure[] = [];
  const doubtful: { one: FuzzCase; known: Record<string, string> }[] = [];
  let slowestMs = 0;
  let sent = 0;

  const fail = (one: FuzzCase, known: Record<string, string>, finding: Finding): void => {
    const { head, body } = wireOf(one, known);
    failures.push({
      ...finding,
      index: one.index,
      operation: one.operation,
      role: one.role,
      sent: (head.replace(/^Authorization: Bearer .*$/m, '') + body.toString()).slice(0, 1500),
    });
  };

  const judge = (one: FuzzCase, known: Record<string, string>, answer: FuzzAnswer): void => {
    for (const finding of findingsIn(one, textOf(one, known), answer, schools.foreign))
      fail(one, known, finding);
  };

  const look = (one: FuzzCase, known: Record<string, string>, answer: FuzzAnswer): void => {
    sent += 1;
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    slowestMs = Math.max(slowestMs, answer.elapsedMs);
    if (answer.elapsedMs > hangMs || (answer.status === 0 && !one.cutOff)) doubtful.push({ one, known });
    else judge(one, known, answer);
  };

  for (const batch of inBatches(cases)) {
    await schools.repair();
    const waiting = [...batch];
    const work = async (): Promise<void> => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const known = schools.known();
        const answer = await sendCase(stack.port, one, known);
        look(one, known, answer);
        if (stack.api.exit()) return;
        if (answer.status === 401 && one.role !== 'nobody') await schools.repair();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    onProgress(sent);
    if (stack.api.exit()) {
      const first = batch[0] as FuzzCase;
      fail(first, schools.known(), {
        kind: 'crash',
        what: `the api ended among the requests ${first.index} to ${batch.at(-1)?.index}`,
      });
      break;
    }
    if (failures.length >= mostFailures) break;
  }
  for (const { one, known } of doubtful) {
    const answer = await askAgain(stack.port, one, known);
    judge(one, known, answer);
    if (answer.elapsedMs > hangMs) fail(one, known, { kind: 'hang', what: `more than ${hangMs} ms` });
  }
  const operations = new Set(cases.slice(0, sent).map(({ operation }) => operation)).size;
  return { sent, statuses, operations, slowestMs: Math.round(slowestMs), failures };
};

/**
 * Starts an api with two schools and sends it `count` requests made from its own OpenAPI document. The same seed makes
 * the same requests; `only` sends but one of them.
 */
export const fuzz = async (options: {
  seed: number;
  count: number;
  only?: number;
  onProgress?: (done: number) => void;
}): Promise<FuzzReport> => {
  const { seed, count, only, onProgress = () => undefined } = options;
  const stack = await startFuzzStack();
  try {
    const document = (await (await fetch(`${stack.url}/api/openapi.json`)).json()) as OpenApi;
    const schools = await createSchools(stack.supabase, stack.url);
    const cases = createCases(document, seed, count);
    const chosen = only === undefined ? cases : cases.filter(({ index }) => index === only);
    const report = await run(stack, schools, chosen, onProgress);
    return { seed, ...report, faults: await stack.faults() };
  } finally {
    await stack.stop();
  }
};
