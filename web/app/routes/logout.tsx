import { redirect, redirectDocument, type ActionFunctionArgs } from '@remix-run/node';
import { signOut } from '~/features/auth/api.server';
import { noticeCookie } from '~/lib/notice.server';
import { clearedSessionCookie } from '~/lib/session.server';

/** A link must not sign anybody out; who comes here by address goes home. */
export function loader() {
  return redirect('/');
}

export async function action({ request }: ActionFunctionArgs) {
  await signOut(request);
  const headers = new Headers();
  headers.append('Set-Cookie', await clearedSessionCookie());
  headers.append('Set-Cookie', await noticeCookie('signed_out'));
  return redirectDocument('/login', { headers });
}
