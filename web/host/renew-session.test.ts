import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { readSession, sessionCookie, type Session } from '../app/lib/session.server';
import { useTestSettings } from '../test/settings';
import { sendJson, startTinyApi } from '../test/tiny-api';
import { renewSession } from './renew-session';

let api: Awaited<ReturnType<typeof startTinyApi>>;
let web: { url: string; stop: () => void };
let refreshes: string[] = [];
let apiStatus = 200;

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const user = {
  id: 'u',
  fullName: 'Ada',
  email: 'ada@school.example',
  role: 'student' as const,
  organizationName: 'School',
  avatarUrl: null,
};
const session = (refreshToken: string, expiresInMs: number): Session => ({
  accessToken: `access-of-${refreshToken}`,
  refreshToken,
  expiresAt: inMs(expiresInMs),
  user,
});

beforeAll(async () => {
  api = await startTinyApi((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const { refreshToken } = JSON.parse(body) as { refreshToken: string };
      refreshes.push(refreshToken);
      // Late enough that every parallel request is already waiting.
      setTimeout(() => {
        if (apiStatus !== 200) return sendJson(response, apiStatus, { code: 'session_expired' });
        const organization = { id: 'o', slug: 's', name: 'School' };
        sendJson(response, 200, {
          accessToken: 'fresh-access',
          refreshToken: `${refreshToken}-next`,
          expiresAt: inMs(3_600_000),
          user: { id: 'u', email: user.email, fullName: user.fullName, role: user.role, organization },
        });
      }, 80);
    });
  });
  useTestSettings(api.url);
  web = await startHost();
});

afterAll(async () => {
  web.stop();
  await api.stop();
});

beforeEach(() => {
  refreshes = [];
  apiStatus = 200;
});

/** Answers with the access token that a loader would see, and whether it would see a failed renewal. */
async function startHost() {
  const app = express();
  app.use(renewSession(), (req, res, next) => {
    readSession(req.headers.cookie ?? null)
      .then((seen) => {
        const failed = 'x-session-renewal-failed' in req.headers;
        res.json({ accessToken: seen?.accessToken ?? null, failed });
      })
      .catch(next);
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

async function ask(from: Session, headers: Record<string, string> = {}) {
  const cookie = (await sessionCookie(from)).split(';')[0] ?? '';
  const response = await fetch(web.url, { headers: { Cookie: `theme=ImRhcmsi; ${cookie}`, ...headers } });
  return { seen: (await response.json()) as unknown, setCookies: response.headers.getSetCookie() };
}

describe('a session that is about to run out', () => {
  test('is renewed once for many requests at the same time, and each answer carries the new one', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(session('parallel', 5_000))));
    expect(refreshes).toEqual(['parallel']);
    for (const { seen, setCookies } of answers) {
      expect(seen).toEqual({ accessToken: 'fresh-access', failed: false });
      const stored = await readSession(setCookies[0]?.split(';')[0] ?? null);
      expect(stored).toMatchObject({ accessToken: 'fresh-access', refreshToken: 'parallel-next', user });
    }
  });

  test('a request that comes a moment later with the old cookie shares the result', async () => {
    await ask(session('straggler', 5_000));
    const { seen } = await ask(session('straggler', 5_000));
    expect(seen).toEqual({ accessToken: 'fresh-access', failed: false });
    expect(refreshes).toEqual(['straggler']);
  });

  test('the cookie is httpOnly, lax and for the whole site', async () => {
    const { setCookies } = await ask(session('flags', 5_000));
    expect(setCookies[0]).toMatch(/^session=.*; Path=\/; HttpOnly; SameSite=Lax$/);
  });
});

test('a session with time left is left alone', async () => {
  const { seen, setCookies } = await ask(session('young', 600_000));
  expect(seen).toEqual({ accessToken: 'access-of-young', failed: false });
  expect(setCookies).toEqual([]);
  expect(refreshes).toEqual([]);
});

test('a refresh token that is no longer good signs out, with a notice', async () => {
  apiStatus = 401;
  const { seen, setCookies } = await ask(session('used-up', -5_000));
  expect(seen).toEqual({ accessToken: null, failed: false });
  expect(setCookies.map((cookie) => cookie.split('=')[0])).toEqual(['session', 'notice']);
  expect(setCookies[0]).toContain('1970');
});

describe('an api that is away', () => {
  test('signs nobody out: the next request tries again', async () => {
    apiStatus = 503;
    expect(await ask(session('patient', -5_000))).toEqual({
      seen: { accessToken: 'access-of-patient', failed: true },
      setCookies: [],
    });
    apiStatus = 200;
    expect((await ask(session('patient', -5_000))).seen).toEqual({
      accessToken: 'fresh-access',
      failed: false,
    });
    expect(refreshes).toEqual(['patient', 'patient']);
  });

  test('does no harm while the access token still works', async () => {
    apiStatus = 503;
    const { seen } = await ask(session('still-good', 30_000));
    expect(seen).toEqual({ accessToken: 'access-of-still-good', failed: false });
  });

  test('cannot be pretended by a browser', async () => {
    const { seen } = await ask(session('liar', 600_000), { 'X-Session-Renewal-Failed': '1' });
    expect(seen).toEqual({ accessToken: 'access-of-liar', failed: false });
  });
});
