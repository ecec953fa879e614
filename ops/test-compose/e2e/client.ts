import { readFileSync } from 'node:fs';
import { request as requestTls, type RequestOptions } from 'node:https';
import { request as requestPlain } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Stack } from '../stack.js';
import { until } from './waiting.js';

/** The stack that `make test-compose` started for these tests. */
export const stack = ((): Stack => {
  const file = process.env['TEST_COMPOSE'];
  if (!file) throw new Error('TEST_COMPOSE is not set: these tests run by make test-compose');
  return JSON.parse(readFileSync(file, 'utf8')) as Stack;
})();

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Question {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  text?: string;
  /** In place of the stack's public address: `http://172.18.0.4:4000`. */
  base?: string;
  /** Without it only public authorities are trusted. */
  trustsRoot?: boolean;
}

export const publicUrl = `https://${stack.domain}:${stack.httpsPort}`;

const options = ({ headers = {}, json, method, trustsRoot = true }: Question): RequestOptions => ({
  method: method ?? (json === undefined ? 'GET' : 'POST'),
  headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  ca: trustsRoot ? readFileSync(stack.rootCertificateFile) : undefined,
  // No name server knows the name.
  lookup: (_host, { all }, answer) =>
    all ? answer(null, [{ address: '127.0.0.1', family: 4 }]) : answer(null, '127.0.0.1', 4),
  agent: false,
});

const textOf = async (message: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of message.setEncoding('utf8')) text += String(chunk);
  return text;
};

/** Opens a request and gives its answer as soon as the headers are there. Redirects are not followed. */
export const open = (path: string, question: Question = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const url = new URL(path, question.base ?? publicUrl);
    const send = url.protocol === 'https:' ? requestTls : requestPlain;
    const { lookup, ...rest } = options(question);
    const outgoing = send(url, url.hostname === stack.domain ? { ...rest, lookup } : rest, resolve);
    outgoing.setTimeout(60_000, () => outgoing.destroy(new Error(`${path} does not answer`)));
    outgoing.on('error', reject);
    outgoing.end(question.text ?? (question.json === undefined ? undefined : JSON.stringify(question.json)));
  });

/** One request with its whole answer. Redirects are not followed. */
export const ask = async (path: string, question: Question = {}): Promise<Answer> => {
  const message = await open(path, question);
  return { status: message.statusCode ?? 0, headers: message.headers, body: await textOf(message) };
};

/** Signs in through the door. Returns the header that proves it. */
export const signIn = async (email: string): Promise<{ authorization: string }> => {
  const json = { email, password: stack.passwords[email] };
  const attempt = async (): Promise<Answer | null> => {
    const given = await ask('/api/auth/login', { json });
    return given.status === 503 ? null : given;
  };
  // A busy or starting platform asks to try again; more than five attempts in a minute were too many.
  const answer = await until('a sign-in', attempt, { pauseMs: 13_000 });
  if (answer.status !== 200) throw new Error(`signing in as ${email}: ${answer.status} ${answer.body}`);
  return { authorization: `Bearer ${(JSON.parse(answer.body) as { accessToken: string }).accessToken}` };
};

/** Reads, and again while the platform is busy and asks to try again. */
export const read = (path: string, question: Question): Promise<Answer> =>
  until(`an answer of ${path}`, async () => {
    const answer = await ask(path, question);
    return answer.status === 503 ? null : answer;
  });

/** Languages by Judge0's numbers. */
export const BASH = 46;
export const PYTHON = 71;

/** A right answer to Snack Money; its eight tests take `seconds` each. */
export const rightProgram = (seconds: number): string =>
  `import time\ntime.sleep(${seconds})\ncoins, price = map(int, input().split())\nprint(coins // price)\nprint(coins % price)\n`;

/** Submits to Snack Money. */
export const submit = (
  headers: Record<string, string>,
  sourceCode: string,
  { languageId = PYTHON, base }: { languageId?: number; base?: string } = {},
): Promise<Answer> =>
  ask('/api/submissions', { headers, json: { problemSlug: 'snack-money', languageId, sourceCode }, base });
