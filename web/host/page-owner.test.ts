import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ActionFunctionArgs, ServerBuild } from '@remix-run/node';
import express from 'express';
import { ownerField, ownerHeader } from '../app/lib/page-owner-names';
import { sessionCookie, type Session } from '../app/lib/session.server';
import { useTestSettings } from '../test/settings';
import { guardActions, refuseOtherOwner } from './page-owner';

const [ada, ben] = ['6c1a2f4e-0000-4000-8000-00000000000a', '6c1a2f4e-0000-4000-8000-00000000000b'];
let cookieOfBen = '';
let reached: string[] = [];
let host: { url: string; stop: () => void };

const session: Session = {
  accessToken: 'a',
  refreshToken: 'r',
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  user: {
    id: ben,
    fullName: 'Ben Żółć',
    email: 'ben@school.example',
    role: 'student',
    organizationName: 'School',
    avatarUrl: null,
  },
};

beforeAll(async () => {
  useTestSettings('http://127.0.0.1:9');
  cookieOfBen = (await sessionCookie(session)).split(';')[0] ?? '';
  const app = express();
  app.use(refuseOtherOwner(), (req, res) => {
    reached.push(`${req.method} ${req.path}`);
    res.json({ ok: true });
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => server.close(),
  };
});
afterAll(() => host.stop());
beforeEach(() => {
  reached = [];
});

const call = (method: string, path: string, owner?: string, cookie = cookieOfBen) =>
  fetch(host.url + path, {
    method,
    headers: { Cookie: cookie, ...(owner === undefined ? {} : { [ownerHeader]: owner }) },
  });

describe("a call of a page's script", () => {
  test.each([
    ['PUT', '/problems/sum/drafts/71'],
    ['GET', '/problems/sum/drafts/71'],
    ['POST', '/problems/sum/run'],
    ['POST', '/problems/sum/submit'],
    ['GET', '/submissions/1/state'],
    ['GET', '/dashboard.data'],
    ['POST', '/account.data'],
    ['POST', '/files/upload'],
    ['POST', '/logout.data'],
  ])(
    '%s %s of another user is refused before anything is done, and says who is signed in',
    async (method, path) => {
      const answer = await call(method, path, ada);
      expect(answer.status).toBe(409);
      expect(decodeURIComponent(answer.headers.get('X-Signed-In-As') ?? '')).toBe('Ben Żółć');
      expect(await answer.json()).toMatchObject({
        code: 'other_owner',
        ok: false,
        failure: { code: 'other_owner' },
      });
      expect(reached).toEqual([]);
      expect((await call(method, path, ben)).status).toBe(200);
    },
  );

  test('the event stream, which has no header, says it in its address', async () => {
    expect((await call('GET', `/submissions/1/events?owner=${ada}`)).status).toBe(409);
    expect((await call('GET', `/submissions/1/events?owner=${ben}`)).status).toBe(200);
  });

  test('a page that is opened names nobody and is shown', async () => {
    expect((await call('GET', '/dashboard')).status).toBe(200);
  });

  test("a visitor's page may read, and sign in, but do nothing else for who signed in meanwhile", async () => {
    expect((await call('GET', '/dashboard.data', '')).status).toBe(200);
    expect((await call('POST', '/login.data', '')).status).toBe(200);
    expect((await call('POST', '/account.data', '')).status).toBe(409);
  });

  test('without a session the page learns that its own is over', async () => {
    expect((await call('PUT', '/problems/sum/drafts/71', ada, '')).status).toBe(200);
  });
});

describe('a form without script', () => {
  let done = 0;
  const build = guardActions({
    routes: {
      'routes/account': {
        id: 'routes/account',
        module: {
          default: () => null,
          action: async ({ request }: ActionFunctionArgs) => {
            await request.formData();
            done += 1;
            return null;
          },
        },
      },
    },
  } as unknown as ServerBuild);
  const action = build.routes['routes/account']?.module.action;

  const send = async (body: BodyInit, { path = '/account', cookie = cookieOfBen } = {}) => {
    const request = new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { Cookie: cookie },
      body,
    });
    done = 0;
    try {
      await action?.({ request, params: {}, context: { requestId: 'r1' } } as unknown as ActionFunctionArgs);
      return 200;
    } catch (thrown) {
      return (thrown as Response).status;
    }
  };

  test.each([
    ['names the user who is signed in', { [ownerField]: ben }, 200],
    ['names another', { [ownerField]: ada }, 409],
    ['names a visitor', { [ownerField]: '' }, 409],
    ['names nobody', {}, 409],
  ])('that %s', async (_, fields, status) => {
    expect(await send(new URLSearchParams(fields))).toBe(status);
    expect(done).toBe(status === 200 ? 1 : 0);
  });

  test('with a small file names the user in its field, or in its address', async () => {
    const form = new FormData();
    form.append('file', new Blob(['a,b']), 'people.csv');
    expect(await send(form)).toBe(409);
    expect(await send(form, { path: `/account?owner=${ada}` })).toBe(409);
    expect(await send(form, { path: `/account?owner=${ben}` })).toBe(200);
    expect(done).toBe(1);
  });

  test('without a session, or one that makes a session, is let through', async () => {
    expect(await send(new URLSearchParams(), { cookie: '' })).toBe(200);
    expect(await send(new URLSearchParams(), { path: '/login' })).toBe(200);
  });
});
