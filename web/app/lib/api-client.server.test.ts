import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { useTestSettings } from '../../test/settings';
import { sendJson, startTinyApi } from '../../test/tiny-api';
import { createApiClient, publicApi } from './api-client.server';
import { ApiProblem } from './api-problem';
import type { Session } from './session.server';

let api: Awaited<ReturnType<typeof startTinyApi>>;
let seen: {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
};

const schema = z.object({ title: z.string() });
const problem = { type: 'about:blank', title: 'No', detail: 'Because.', requestId: 'api-request' };
const answers: Record<string, [status: number, body: unknown]> = {
  '/api/good': [200, { title: 'Loops', secret: 'not in the schema' }],
  '/api/strange': [200, { name: 'Loops' }],
  '/api/missing': [404, { ...problem, status: 404, code: 'not_found' }],
  '/api/fields': [
    400,
    { ...problem, status: 400, code: 'invalid_request', errors: [{ path: 'a', message: 'b' }] },
  ],
  '/api/expired': [401, { ...problem, status: 401, code: 'session_expired' }],
  '/api/proxy': [502, '<html>Bad gateway</html>'],
};

const session: Session = {
  accessToken: 'the-token',
  refreshToken: 'r',
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  user: {
    id: 'u',
    fullName: 'Ada',
    email: 'a@b.example',
    role: 'student',
    organizationName: 'School',
    avatarUrl: null,
  },
};
const request = new Request('http://localhost:3000/courses/intro', {
  headers: { 'X-Request-Id': 'web-request-1', 'X-Forwarded-For': '203.0.113.7, 127.0.0.1' },
});

beforeAll(async () => {
  api = await startTinyApi((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => (body += chunk));
    incoming.on('end', () => {
      seen = { method: incoming.method, url: incoming.url, headers: incoming.headers, body };
      const path = incoming.url?.split('?')[0] ?? '';
      if (path !== '/api/slow') sendJson(response, ...(answers[path] ?? [500, null]));
    });
  });
  useTestSettings(api.url);
});
afterAll(() => api.stop());

async function problemOf(work: Promise<unknown>): Promise<ApiProblem> {
  const thrown: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(ApiProblem);
  return thrown as ApiProblem;
}

describe('a call', () => {
  test('carries the token, the request id, the client address and its query', async () => {
    const query = { limit: 5, before: undefined, problemSlug: '' };
    expect(await createApiClient(request, session).get('/api/good', schema, { query })).toEqual({
      title: 'Loops',
    });
    expect(seen.url).toBe('/api/good?limit=5');
    expect(seen.headers).toMatchObject({
      authorization: 'Bearer the-token',
      'x-request-id': 'web-request-1',
      'x-forwarded-for': '203.0.113.7, 127.0.0.1',
    });
  });

  test('sends its body as JSON, without a token when it speaks for nobody', async () => {
    await publicApi(request).post('/api/good', { email: 'a@b.example' }, schema);
    expect(seen).toMatchObject({ method: 'POST', body: '{"email":"a@b.example"}' });
    expect(seen.headers.authorization).toBeUndefined();
  });
});

describe('a refusal', () => {
  test("has the api's code, sentence and request id, and the shape of an error page's data", async () => {
    const thrown = await problemOf(createApiClient(request, session).get('/api/missing', schema));
    expect(thrown).toMatchObject({
      status: 404,
      code: 'not_found',
      detail: 'Because.',
      requestId: 'api-request',
    });
    expect(thrown).not.toBeInstanceOf(Error);
  });

  test('names the fields', async () => {
    const thrown = await problemOf(publicApi(request).post('/api/fields', {}, schema));
    expect(thrown.fieldErrors).toEqual({ a: 'b' });
  });

  test('of the token leads to the sign-in page and forgets the session', async () => {
    const thrown = await createApiClient(request, session)
      .get('/api/expired', schema)
      .catch((reason: unknown) => reason as Response);
    if (!(thrown instanceof Response)) throw new Error('not a redirect');
    expect(thrown.headers.get('Location')).toBe('/login?next=%2Fcourses%2Fintro');
    const cookies = thrown.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['session', 'notice']);
  });

  test('of wrong credentials is not a session that ended', async () => {
    expect(await problemOf(publicApi(request).get('/api/expired', schema))).toMatchObject({ status: 401 });
  });
});

describe('an api that does not answer as agreed', () => {
  test.each([
    ['nobody listens', 'http://127.0.0.1:1', '/api/good'],
    ['a proxy answers for it', '', '/api/proxy'],
  ])('%s: the server is unreachable', async (_what, url, path) => {
    const env = (await import('./env.server')).getEnv();
    const before = env.apiUrl;
    env.apiUrl = url || before;
    const thrown = await problemOf(publicApi(request).get(path, schema));
    env.apiUrl = before;
    expect(thrown).toMatchObject({ status: 503, code: 'api_unreachable', requestId: 'web-request-1' });
  });

  test('no answer in time: the server is unreachable', async () => {
    const thrown = await problemOf(publicApi(request).get('/api/slow', schema, { timeoutMs: 50 }));
    expect(thrown.code).toBe('api_unreachable');
  });

  test('another shape is a bad gateway, not half a page', async () => {
    const thrown = await problemOf(publicApi(request).get('/api/strange', schema));
    expect(thrown).toMatchObject({ status: 502, code: 'unexpected_answer', requestId: 'web-request-1' });
  });
});
