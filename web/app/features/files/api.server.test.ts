import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { settle } from '~/lib/outcome';
import { sessionCookie, type Session } from '~/lib/session.server';
import { useTestSettings } from '../../../test/settings';
import { sendJson, startTinyApi } from '../../../test/tiny-api';
import { forwardUpload, openContent } from './api.server';

let api: Awaited<ReturnType<typeof startTinyApi>>;
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  api = await startTinyApi((request, response) => answer(request, response));
  useTestSettings(api.url);
});
afterAll(() => api.stop());

const session: Session = {
  accessToken: 'the-token',
  refreshToken: 'r',
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  user: {
    id: 'u',
    fullName: 'Ada',
    email: 'a@b.example',
    role: 'student',
    organizationName: 'S',
    avatarUrl: null,
  },
};

const chunk = new Uint8Array(64 * 1024);

/** A browser that sends so many chunks, and is asked how many it got rid of. */
const browserSending = async (chunks: number, breakAt = Infinity) => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (sent === breakAt) controller.error(new Error('the browser left'));
      else if (sent === chunks) controller.close();
      else controller.enqueue(chunk);
      sent += 1;
    },
  });
  const request = new Request('http://localhost:3000/files/upload', {
    method: 'POST',
    body,
    duplex: 'half',
    headers: {
      'Content-Type': 'multipart/form-data; boundary=b',
      Cookie: (await sessionCookie(session)).split(';')[0] ?? '',
    },
  });
  return { request, chunksSent: () => sent - 1 };
};

const file = {
  id: '6f1f2d1e-0000-4000-8000-000000000001',
  purpose: 'lesson_attachment',
  name: 'a.txt',
  mediaType: 'text/plain',
  sizeBytes: 1,
  createdAt: '2026-11-23T00:00:00.000Z',
};

test('an upload reaches the api as it came, in the name of who is signed in', async () => {
  let seen: { bytes: number; authorization: unknown; type: unknown } | undefined;
  answer = (request, response) => {
    let bytes = 0;
    request.on('data', (part: Buffer) => (bytes += part.length));
    request.on('end', () => {
      const { authorization, 'content-type': type } = request.headers;
      seen = { bytes, authorization, type };
      sendJson(response, 201, { file, avatar: null });
    });
  };
  const { request } = await browserSending(50);
  expect(await forwardUpload(request)).toEqual({ file, avatar: null });
  expect(seen).toEqual({
    bytes: 50 * chunk.length,
    authorization: 'Bearer the-token',
    type: 'multipart/form-data; boundary=b',
  });
});

test('a refusal before the file was read reaches the browser, which has sent everything by then', async () => {
  answer = (_request, response) => {
    sendJson(response, 429, {
      type: 'about:blank',
      title: 'Too many requests',
      status: 429,
      code: 'too_many_requests',
      detail: 'Too many uploads.',
      requestId: 'r',
      retryAfterSeconds: 120,
    });
  };
  const { request, chunksSent } = await browserSending(200);
  const outcome = await settle(() => forwardUpload(request));
  expect(outcome).toMatchObject({
    ok: false,
    failure: { code: 'too_many_requests', retryAfterSeconds: 120 },
  });
  expect(chunksSent()).toBe(200);
});

test('a browser that leaves half-way breaks the upload off at the api, too', async () => {
  const broken = new Promise<boolean>((resolve) => {
    answer = (request) => {
      request.on('close', () => resolve(!request.complete)).on('error', () => undefined);
      request.resume();
    };
  });
  const { request } = await browserSending(200, 100);
  const outcome = await settle(() => forwardUpload(request));
  expect(outcome.ok).toBe(false);
  expect(await broken).toBe(true);
});

test('content comes back in part, with the headers that keep it from running, and nothing else of the api’s', async () => {
  answer = (request, response) => {
    response.writeHead(206, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Range': `${request.headers.range?.replace('=', ' ') ?? ''}/9`,
      'X-Internal': 'x',
    });
    response.end(`${request.url} ${String(request.headers.cookie)}`);
  };
  const asked = new Request('http://localhost:3000/files/f/content?expires=1&signature=s', {
    headers: { Range: 'bytes=0-3', Cookie: 'session=secret' },
  });
  const response = await openContent(asked, 'f');
  expect([response.status, Object.fromEntries(response.headers)]).toEqual([
    206,
    {
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-range': 'bytes 0-3/9',
    },
  ]);
  expect(await response.text()).toBe('/api/files/f/content?expires=1&signature=s undefined');
});
