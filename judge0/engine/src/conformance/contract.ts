import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Finding, compareAnswers } from './compare-answers.js';
import { type Answer, send } from './http-client.js';
import type { Target } from './programs.js';

interface RecordedCall {
  name: string;
  /** Environment that the call was recorded under; absent = the suite's own. */
  settings?: string;
  request: {
    method: string;
    path: string;
    headers: Record<string, string>;
    content_type?: string | null;
    body: unknown;
  };
  response: { http: number; content_type: string | null; body: unknown; headers?: Record<string, string> };
}

const TOKEN = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const UNKNOWN_TOKEN = '00000000-0000-0000-0000-000000000000';
/** Whether a submission waits or runs is a matter of the moment. */
const PROCESSING = /"status_id":2\b|"id":2,"description":"Processing"/g;
const WAITING = (found: string) =>
  found.startsWith('"id"') ? '"id":1,"description":"In Queue"' : '"status_id":1';

const CORS_HEADERS = ['access-control-allow-origin', 'access-control-allow-methods'];

/** Recorded calls of one file. */
export function readCalls(path: string): RecordedCall[] {
  return JSON.parse(readFileSync(path, 'utf8')) as RecordedCall[];
}

/** Replays calls in their order; tokens of the recording stand for those that this engine gives. */
export async function* replayCalls(
  calls: RecordedCall[],
  target: Target,
): AsyncGenerator<{ name: string; findings: Finding[] }> {
  const tokens = new Map<string, string>();
  for (const call of calls) {
    const path = await translate(call, target, tokens);
    const answer = await send(target.url, {
      method: call.request.method,
      path,
      headers: { ...target.headers, ...(await translateHeaders(call, target, tokens)) },
      contentType: call.request.content_type ?? (call.request.body === null ? null : 'application/json'),
      body: call.request.body,
    });
    learnTokens(call.response.body, answer.body, tokens);
    yield { name: call.name, findings: compareCall(call, answer) };
  }
}

function compareCall({ name, response }: RecordedCall, answer: Answer): Finding[] {
  const headers = Object.fromEntries(
    Object.entries(response.headers ?? {})
      .map(([key, value]) => [key.toLowerCase(), value] as const)
      .filter(([key]) => CORS_HEADERS.includes(key)),
  );
  const actualHeaders = Object.fromEntries(
    Object.keys(headers).map((key) => [key, answer.headers[key] ?? null]),
  );
  return [
    ...compareAnswers(name, 'http', response.http, answer.http),
    ...compareAnswers(name, 'content_type', response.content_type, answer.content_type),
    ...compareAnswers(name, 'headers', headers, actualHeaders),
    ...compareAnswers(name, 'body', blank(response.body), blank(answer.body)),
  ];
}

/** An empty body is recorded as the empty text; a verdict may be younger or older than the recorded one. */
function blank(body: unknown): unknown {
  if (body === null) return '';
  return JSON.parse(JSON.stringify(body).replace(TOKEN, '<token>').replace(PROCESSING, WAITING)) as unknown;
}

function learnTokens(recorded: unknown, actual: unknown, tokens: Map<string, string>): void {
  const before = JSON.stringify(recorded ?? '').match(TOKEN) ?? [];
  const now = JSON.stringify(actual ?? '').match(TOKEN) ?? [];
  if (before.length === now.length) before.forEach((token, index) => tokens.set(token, now[index] ?? token));
}

/** The recorded path with this engine's tokens; a token whose creation was not recorded gets one of its own. */
async function translate(call: RecordedCall, target: Target, tokens: Map<string, string>): Promise<string> {
  const { path } = call.request;
  for (const token of new Set(path.match(TOKEN) ?? [])) {
    if (token === UNKNOWN_TOKEN || tokens.has(token)) continue;
    tokens.set(
      token,
      await createOne(target, isUnfinished(call) ? 'import time; time.sleep(2); print(1)' : 'print(1)'),
    );
  }
  const translated = path.replace(TOKEN, (token) => tokens.get(token) ?? token);
  if (!isUnfinished(call) && /"(status_id|id)":([3-9]|1\d)\b/.test(JSON.stringify(call.response.body))) {
    for (const token of new Set(translated.match(TOKEN) ?? [])) await untilFinished(target, token);
  }
  return translated;
}

async function translateHeaders(
  call: RecordedCall,
  target: Target,
  tokens: Map<string, string>,
): Promise<Record<string, string>> {
  const { tokens: list } = call.request.headers;
  if (!list) return call.request.headers;
  const path = await translate({ ...call, request: { ...call.request, path: list } }, target, tokens);
  return { ...call.request.headers, tokens: path };
}

/** The call was recorded while a submission waited. */
function isUnfinished(call: RecordedCall): boolean {
  return /"(status_id|id)":[12]\b/.test(JSON.stringify(call.response.body));
}

async function createOne({ url, headers }: Target, source: string): Promise<string> {
  const body = { source_code: source, language_id: 71 };
  const { body: answer } = await send(url, {
    method: 'POST',
    path: '/submissions',
    headers,
    contentType: 'application/json',
    body,
  });
  return (answer as { token: string }).token;
}

async function untilFinished({ url, headers }: Target, token: string): Promise<void> {
  for (let look = 0; look < 300; look++) {
    const { body } = await send(url, {
      method: 'GET',
      path: `/submissions/${token}?fields=status_id`,
      headers,
    });
    if (!(Number((body as { status_id?: number }).status_id) <= 2)) return;
    await sleep(100);
  }
}

/** `NAME="value with blanks" NAME=value` as an environment. */
export function parseAssignments(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([A-Z_]+)=(?:"([^"]*)"|(\S*))/g)];
  return Object.fromEntries(pairs.map(([, name = '', quoted, bare]) => [name, quoted ?? bare ?? '']));
}
