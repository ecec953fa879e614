/**
 * What storage-api answered when it was asked for real (test/upstream/storage.json): its errors come with HTTP 400 and
 * say the status in their body. Answers that it could not be brought to give are as its source writes them
 * (github.com/supabase/storage, src/internal/errors), or those of a gateway before it.
 */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Answer as Recorded } from '../../test/upstream/conversation.js';
import { startSmallServer } from '../../test/small-server.js';
import { createObjectStore } from './object-store.js';

type Answer = [status: number, body: object];
let answers: Record<string, Answer>;
let asked: string[];
let storage: Awaited<ReturnType<typeof startSmallServer>>;

const bucket: Answer = [200, { id: 'files', name: 'files', public: false }];
const failure = (statusCode: number, error: string, message: string, status = 400): Answer => [
  status,
  { statusCode: String(statusCode), error, message },
];

const recorded = JSON.parse(
  readFileSync(path.join(__dirname, '../../test/upstream/storage.json'), 'utf8'),
) as Record<string, Recorded>;
const said = (exchange: string): Answer => {
  const { status, body } = recorded[exchange] ?? {};
  if (status === undefined) throw new Error(`"${exchange}" is not recorded`);
  return [status, body as object];
};

beforeEach(async () => {
  asked = [];
  answers = { 'GET /storage/v1/bucket/files': bucket, 'GET /storage/v1/status': [200, {}] };
  storage = await startSmallServer((request, response) => {
    const line = `${request.method} ${request.url?.split('?')[0]}`;
    asked.push(line);
    const [status, body] = answers[line] ?? [404, { message: 'Not found' }];
    request.resume().on('end', () => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
});
afterEach(() => storage.stop());

const store = () => createObjectStore({ url: storage.url, serviceRoleKey: 'x' });
const put = () => store().put('a/b', Buffer.from('x'), 'text/plain');
const open = () => store().open('a/b', { signal: AbortSignal.timeout(10_000) });
const upload = 'POST /storage/v1/object/files/a/b';
const sign = 'POST /storage/v1/object/sign/files/a/b';

test('a bucket that is not there is made', async () => {
  answers['GET /storage/v1/bucket/files'] = said('a bucket that is none');
  answers['POST /storage/v1/bucket'] = said('a bucket is made');
  answers[upload] = said('an object is stored');
  await put();
  expect(asked).toContain('POST /storage/v1/bucket');
});

test('a bucket that another process made meanwhile will do', async () => {
  answers['GET /storage/v1/bucket/files'] = said('a bucket that is none');
  answers['POST /storage/v1/bucket'] = said('a bucket is made twice');
  answers[upload] = said('an object is stored');
  await expect(put()).resolves.toBeUndefined();
});

test.each<[Answer, string]>([
  [said('an object is stored that is larger than its bucket takes'), 'file_too_large'],
  [failure(413, 'Payload too large', 'The object exceeded the maximum allowed size', 413), 'file_too_large'],
  [said('an object is stored twice'), 'storage_unavailable'],
  [said('an object is stored by the anonymous key'), 'storage_unavailable'],
  [failure(500, 'internal', 'Internal Server Error', 500), 'storage_unavailable'],
  [[502, {}], 'storage_unavailable'],
])('an upload that is answered %j', async (answer, code) => {
  answers[upload] = answer;
  await expect(put()).rejects.toMatchObject({ code });
});

test.each<[Answer, string]>([
  [said('a link to an object that is none'), 'not_found'],
  [failure(404, 'not_found', 'Object not found', 404), 'not_found'],
  [failure(544, 'database_timeout', 'The connection to the database timed out', 544), 'storage_unavailable'],
])('a link that is answered %j', async (answer, code) => {
  answers[sign] = answer;
  await expect(open()).rejects.toMatchObject({ code });
});
