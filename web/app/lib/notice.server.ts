import { createCookie, redirect, type TypedResponse } from '@remix-run/node';
import { getEnv } from './env.server.js';

/** What is done, in a sentence; `*` stands for the thing that it was done to. */
const done = {
  /** For an act whose sentence only its page can make. */
  done: '*',
  password_changed: 'Your password is changed. Sign in with the new one.',
  picture_saved: 'Your picture is changed.',
  picture_removed: 'Your picture is removed. Your initials stand in for it.',
  file_added: '* was added.',
  file_removed: '* was removed.',
  profile_saved: 'Your name is changed.',
  own_password_changed: 'Your password is changed, and your other devices are signed out.',
  email_changed: 'Your e-mail address is changed. Use it when you sign in.',
  second_factor_off: 'Two-factor authentication is off. You sign in with your password alone.',
  session_ended_there: 'That device is signed out.',
  signed_out_everywhere: 'You are signed out on all devices.',
  joined: 'You have joined the course.',
  limit_changed: 'The limit is changed: *.',
  limit_reset: '* can go on at once.',
  network_blocked: '* is blocked.',
  block_lifted: 'The block of * is lifted.',
} as const;

/** What the reader should know, and did not ask for. */
const known = {
  session_ended: 'Your session has ended. Sign in again to continue where you were.',
  account_closed: 'This account is closed. Ask your school.',
  signed_out: 'You are signed out.',
} as const;

const sentences = { ...done, ...known };

export type Notice = keyof typeof sentences;

const maxSubjectLength = 120;

// Signed: nobody else can put words on a page of ours.
const cookie = () =>
  createCookie('notice', {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: getEnv().https,
    secrets: [getEnv().sessionSecret],
    maxAge: 300,
  });

/** The Set-Cookie value that makes the next page say the sentence of `notice`, once; `subject` fills its place. */
export function noticeCookie(notice: Notice, subject = ''): Promise<string> {
  return cookie().serialize([notice, subject.slice(0, maxSubjectLength)]);
}

/** A redirect (303) to a page that says the sentence of `notice`: the end of an act that was done. */
export async function redirectWithNotice(
  to: string,
  notice: Notice,
  subject = '',
): Promise<TypedResponse<never>> {
  return redirect(to, { status: 303, headers: { 'Set-Cookie': await noticeCookie(notice, subject) } });
}

interface TakenNotice {
  text: string | null;
  tone: 'good' | 'neutral';
  clear: string | null;
}

/** The sentence to say on this page, if any, and the Set-Cookie value that forgets it. */
export async function takeNotice(request: Request): Promise<TakenNotice> {
  const value: unknown = await cookie().parse(request.headers.get('Cookie'));
  const [notice, subject] = Array.isArray(value) ? (value as [Notice, string]) : [];
  if (!notice || !Object.hasOwn(sentences, notice)) return { text: null, tone: 'neutral', clear: null };
  return {
    text: sentences[notice].replace('*', () => subject ?? ''),
    tone: notice in done ? 'good' : 'neutral',
    clear: await cookie().serialize('', { maxAge: 0 }),
  };
}
