import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Finding, compareAnswers } from './compare-answers.js';
import { send } from './http-client.js';

interface RecordedProgram {
  name: string;
  request: { query: string; body: Record<string, unknown> };
  create: { http: number };
  result: { http: number; body: Record<string, unknown> };
  plain: { http: number };
}

const TEXTS = ['expected_output', 'stdout', 'stderr', 'compile_output', 'message'];
const CLIPPED = /\.\.\.<(\d+) chars of base64, [^>]*>$/;
const PATIENCE_MS = 120_000;

export interface Target {
  url: string;
  headers: Record<string, string>;
}

/** Replays every recorded program and compares what the engine found with what Judge0 found. */
export async function* replayPrograms(
  golden: string,
  target: Target,
): AsyncGenerator<{ name: string; findings: Finding[] }> {
  const folder = join(golden, 'programs');
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    const recorded = JSON.parse(readFileSync(join(folder, file), 'utf8')) as RecordedProgram;
    const findings = await replay(recorded, target);
    // On a busy machine a wall clock may run out before the CPU time of a fork bomb does; a real difference stays.
    const again = findings.some(({ explainedBy }) => explainedBy === null);
    yield { name: recorded.name, findings: again ? await replay(recorded, target) : findings };
  }
}

async function replay(recorded: RecordedProgram, { url, headers }: Target): Promise<Finding[]> {
  const { name, request } = recorded;
  const created = await send(url, {
    method: 'POST',
    path: `/submissions?${request.query}`,
    headers,
    contentType: 'application/json',
    body: request.body,
  });
  const token = (created.body as { token?: string }).token;
  if (created.http !== recorded.create.http || !token) {
    return compareAnswers(name, 'create', recorded.create, { http: created.http, body: created.body });
  }
  const path = `/submissions/${token}`;
  const result = await finished(url, `${path}?base64_encoded=true&fields=*`, headers);
  const plain = await send(url, { method: 'GET', path: `${path}?base64_encoded=false&fields=*`, headers });
  return [
    ...compareAnswers(name, '', comparable(recorded.result.body), comparable(result)),
    ...compareAnswers(name, 'plain.http', recorded.plain.http, plain.http),
  ];
}

async function finished(
  url: string,
  path: string,
  headers: Record<string, string>,
): Promise<Record<string, unknown>> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    const { body } = await send(url, { method: 'GET', path, headers });
    const submission = body as Record<string, unknown>;
    if (Number(submission.status_id) > 2) return submission;
    await sleep(100);
  }
  throw new Error(`${path} has no verdict after ${PATIENCE_MS / 1000} s`);
}

/** Texts decoded; a clipped recording keeps only its length; the compiler's wording is its own affair. */
function comparable(result: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...result };
  delete copy.source_code;
  delete copy.additional_files;
  // Not in the recordings.
  delete copy.stdin;
  for (const name of TEXTS) {
    if (typeof copy[name] === 'string') copy[name] = comparableText(name, copy[name]);
  }
  return copy;
}

function comparableText(name: string, base64: string): string {
  const clipped = CLIPPED.exec(base64);
  const length = clipped ? Number(clipped[1]) : base64.length;
  if (length > 5000) return `<${length} characters of base64>`;
  const text = Buffer.from(base64, 'base64').toString('latin1');
  if (name === 'compile_output' && !/limit exceeded|Killed/.test(text)) return '<compiler output>';
  return text.replace(/\^+\n/g, '^\n');
}
