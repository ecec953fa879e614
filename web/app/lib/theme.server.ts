import { createCookie } from '@remix-run/node';
import { getEnv } from './env.server.js';
import { isTheme, type Theme } from './theme.js';

const cookie = () =>
  createCookie('theme', {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: getEnv().https,
    maxAge: 31_536_000,
  });

/** The theme that this browser chose; `system` when it chose none. */
export async function readTheme(request: Request): Promise<Theme> {
  const value: unknown = await cookie().parse(request.headers.get('Cookie'));
  return isTheme(value) ? value : 'system';
}

/** The Set-Cookie value that remembers `theme` for a year. */
export function themeCookie(theme: Theme): Promise<string> {
  return cookie().serialize(theme);
}
