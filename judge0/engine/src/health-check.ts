import { readSettings } from './config.js';

/** Bash prints the answer: the cheapest language, and part of every set. */
const RUN = { language_id: 46, source_code: 'echo $((6 * 7))', expected_output: '42' };
const ACCEPTED = 3;
const TIMEOUT_MS = 8000;

const settings = readSettings(process.env);
const base = `http://127.0.0.1:${settings.PORT}`;
const headers: Record<string, string> = { 'Content-Type': 'application/json' };
if (settings.AUTHN_TOKEN[0]) headers[settings.AUTHN_HEADER] = settings.AUTHN_TOKEN[0];

/**
 * What is wrong with the engine of this container, or null: its API answers, and where a slot is idle a program gets its
 * verdict. A queue is no illness, so a busy engine is asked for nothing more.
 */
async function problem(): Promise<string | null> {
  const workers = await call('/workers');
  // The operator's list of addresses may leave this one out; that it is kept shows the engine alive.
  if (workers.status === 403) return null;
  if (!workers.ok) return `/workers answers ${workers.status}`;
  const [queue] = (await workers.json()) as { size: number; idle: number }[];
  if (!queue || queue.size > 0 || queue.idle === 0) return null;
  const run = await call('/submissions?wait=true&fields=status,message', RUN);
  // Maintenance, wait=false and a choice of languages are the operator's settings.
  if (run.status === 400 || run.status === 422 || run.status === 503) return null;
  if (!run.ok) return `a run answers ${run.status}`;
  const verdict = (await run.json()) as {
    status: { id: number; description: string };
    message: string | null;
  };
  return verdict.status.id === ACCEPTED
    ? null
    : `a run ended with ${verdict.status.description}: ${verdict.message}`;
}

function call(path: string, body?: object): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return body
    ? fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body), signal })
    : fetch(base + path, { headers, signal });
}

const found = await problem().catch((error: unknown) => String(error));
if (found) console.error(found);
process.exitCode = found ? 1 : 0;
