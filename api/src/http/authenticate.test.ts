import { beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';
import { createTestApp } from '../../test/running-app.js';
import { startSmallServer } from '../../test/small-server.js';
import { createWorld, servers, type World } from '../../test/world.js';
import { createVerifyToken } from './authenticate.js';

const app = createTestApp();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});

const secretOf = (text: string) => new TextEncoder().encode(text);
const claims = () => ({
  sub: world.learner.id,
  role: 'authenticated',
  aud: 'authenticated',
  session_id: decodeJwt(world.learner.accessToken)['session_id'],
});
const hour = 3600;
const now = () => Math.floor(Date.now() / 1000);

const sign = (payload: object, secret = servers.jwtSecret, alg = 'HS256') =>
  new SignJWT({ ...payload }).setProtectedHeader({ alg, typ: 'JWT' }).sign(secretOf(secret));
const me = (authorization: string, on = app) =>
  request(on).get('/api/me').set('Authorization', authorization);

describe('an access token', () => {
  test('that the auth service could have made is taken', async () => {
    const token = await sign({ ...claims(), exp: now() + hour });
    const answer = await me(`bearer ${token}`);
    expect(answer.body).toMatchObject({ id: world.learner.id });
  });

  test('of no session is refused, however well it is signed', async () => {
    const { session_id: _, ...others } = claims();
    const answer = await me(`Bearer ${await sign({ ...others, exp: now() + hour })}`);
    expect(answer.body).toMatchObject({ status: 401, code: 'session_expired' });
  });

  test('that has run out says so', async () => {
    const answer = await me(`Bearer ${await sign({ ...claims(), exp: now() - 1 })}`);
    expect(answer.body).toMatchObject({ status: 401, code: 'session_expired' });
  });

  const bad: [string, () => Promise<string> | string][] = [
    ['signed with another secret', () => sign({ ...claims(), exp: now() + hour }, 'x'.repeat(40))],
    ['not signed', () => new UnsecuredJWT(claims()).setExpirationTime('1h').encode()],
    [
      'signed by another algorithm',
      () => sign({ ...claims(), exp: now() + hour }, servers.jwtSecret.repeat(2), 'HS512'),
    ],
    ['for another audience', () => sign({ ...claims(), aud: 'somebody-else', exp: now() + hour })],
    ['for no audience', () => sign({ sub: world.learner.id, exp: now() + hour })],
    ['that never ends', () => sign(claims())],
    ['of nobody', () => sign({ aud: 'authenticated', exp: now() + hour })],
    ['that is not valid yet', () => sign({ ...claims(), exp: now() + hour, nbf: now() + hour })],
    [
      'with a changed payload',
      async () => {
        const [header, , signature] = world.learner.accessToken.split('.');
        const payload = Buffer.from(JSON.stringify({ ...claims(), sub: world.admin.id, exp: now() + hour }));
        return Promise.resolve([header, payload.toString('base64url'), signature].join('.'));
      },
    ],
    ['that is the anonymous key', () => servers.anonKey],
    ['that is the service key', () => servers.serviceRoleKey],
    ['that is no token', () => 'x.y.z'],
  ];

  test.each(bad)('%s is refused', async (_what, make) => {
    const answer = await me(`Bearer ${await make()}`);
    expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  test.each(['', 'Bearer', 'Bearer ', 'Basic YTpi', 'x'])('is missing in "%s"', async (authorization) => {
    expect((await me(authorization)).body).toMatchObject({ status: 401, code: 'unauthenticated' });
  });
});

describe('without a shared secret', () => {
  const appWith = (supabaseUrl: string) =>
    createTestApp({ verifyToken: createVerifyToken({ supabaseUrl, jwtSecret: undefined }) });

  test('tokens are verified by the project’s public keys, asked for once', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const { privateKey: foreignKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
    const asked: (string | undefined)[] = [];
    const { url, stop } = await startSmallServer((incoming, outgoing) => {
      asked.push(incoming.url);
      outgoing.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
    });
    const by = (key: typeof privateKey) =>
      new SignJWT({ ...claims(), exp: now() + hour })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .sign(key);
    const verify = createVerifyToken({ supabaseUrl: url, jwtSecret: undefined });
    await expect(verify(await by(privateKey))).resolves.toMatchObject({ sub: world.learner.id });
    await expect(verify(await by(foreignKey))).rejects.toThrow('signature');
    await expect(verify(await sign({ ...claims(), exp: now() + hour }))).rejects.toThrow();
    expect(asked).toEqual(['/auth/v1/.well-known/jwks.json']);
    await stop();
  });

  test('keys that cannot be had are no fault of the token', async () => {
    const { url, stop } = await startSmallServer((_incoming, outgoing) => outgoing.writeHead(502).end());
    for (const address of [url, 'http://127.0.0.1:9']) {
      const { privateKey } = await generateKeyPair('ES256');
      const token = await new SignJWT({ ...claims(), exp: now() + hour })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .sign(privateKey);
      const answer = await me(`Bearer ${token}`, appWith(address));
      expect(answer.body).toMatchObject({ status: 503, code: 'database_unavailable' });
    }
    await stop();
  });
});
