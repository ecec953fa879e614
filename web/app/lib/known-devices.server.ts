import { createCookie } from '@remix-run/node';
import { getEnv } from './env.server.js';

// As many as the api looks at; a browser that several people share has one of each.
const mostTokens = 8;
const maxAgeSeconds = 183 * 24 * 3600;

const cookie = () =>
  createCookie('known-devices', {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: getEnv().https,
    secrets: [getEnv().sessionSecret],
    maxAge: maxAgeSeconds,
  });

const readTokens = async (request: Request): Promise<string[]> => {
  const value: unknown = await cookie().parse(request.headers.get('Cookie'));
  return typeof value === 'string' && value !== '' ? value.split(' ') : [];
};

/** The headers that tell the api which accounts this browser has signed in to before. */
export async function knownDeviceHeaders(request: Request): Promise<Record<string, string>> {
  const tokens = await readTokens(request);
  return tokens.length > 0 ? { 'X-Known-Devices': tokens.join(' ') } : {};
}

/** The Set-Cookie value that keeps one more token, the newest first. */
export async function knownDeviceCookie(request: Request, token: string): Promise<string> {
  const tokens = await readTokens(request);
  return cookie().serialize([token, ...tokens].slice(0, mostTokens).join(' '));
}
