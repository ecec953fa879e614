import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Finding, compareAnswers } from './compare-answers.js';
import { send } from './http-client.js';
import type { Target } from './programs.js';

interface RecordedCallback {
  calls: { path: string; method: string; headers: Record<string, string>; body: Record<string, unknown> }[];
}

interface Received {
  method: string | undefined;
  type: string | undefined;
  body: Record<string, unknown>;
}

/** Has verdicts delivered to a server of its own and compares what came with what Judge0 sent. */
export async function* replayCallbacks(
  golden: string,
  { url, headers }: Target,
): AsyncGenerator<{ name: string; findings: Finding[] }> {
  const recorded = JSON.parse(readFileSync(join(golden, 'callback.json'), 'utf8')) as RecordedCallback;
  const received: Received[] = [];
  const server = createServer((req, res) => {
    let text = '';
    req.on('data', (chunk: Buffer) => (text += chunk.toString()));
    req.on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      received.push({ method: req.method, type: req.headers['content-type'], body });
      res.statusCode = req.url === '/fail' ? 500 : 200;
      res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const { path, method, headers: sent, body } of recorded.calls) {
    received.length = 0;
    const submission = { source_code: 'print("cb")', language_id: 71, callback_url: receiver + path };
    await send(url, {
      method: 'POST',
      path: '/submissions',
      headers,
      contentType: 'application/json',
      body: submission,
    });
    for (let look = 0; look < 100 && received.length === 0; look++) await sleep(50);
    const expected = [{ method, type: sent['Content-Type'], body }];
    yield {
      name: `callback ${path}`,
      findings: compareAnswers(`callback ${path}`, 'received', expected, received),
    };
  }
  server.close();
}
