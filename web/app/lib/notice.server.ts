import { createCookie } from '@remix-run/node';
import { getEnv } from './env.server.js';

const sentences = {
  session_ended: 'Your session has ended. Sign in again to go on where you were.',
  signed_out: 'You are signed out.',
  password_changed: 'Your password is changed. Sign in with the new one.',
  joined: 'You have joined the course.',
} as const;

export type Notice = keyof typeof sentences;

const cookie = () =>
  createCookie('notice', { httpOnly: true, sameSite: 'lax', path: '/', secure: getEnv().https, maxAge: 300 });

/** The Set-Cookie value that makes the next page say the sentence of `notice`, once. */
export function noticeCookie(notice: Notice): Promise<string> {
  return cookie().serialize(notice);
}

/** The sentence to say on this page, if any, and the Set-Cookie value that forgets it. */
export async function takeNotice(request: Request): Promise<{ text: string | null; clear: string | null }> {
  const value: unknown = await cookie().parse(request.headers.get('Cookie'));
  if (typeof value !== 'string' || !Object.hasOwn(sentences, value)) return { text: null, clear: null };
  return { text: sentences[value as Notice], clear: await cookie().serialize('', { maxAge: 0 }) };
}
