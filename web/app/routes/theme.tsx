import { data, redirect, type ActionFunctionArgs } from '@remix-run/node';
import { readForm } from '~/lib/form.server';
import { safeNext } from '~/lib/safe-next';
import { isTheme } from '~/lib/theme';
import { themeCookie } from '~/lib/theme.server';

export function loader() {
  return redirect('/');
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const theme = form.get('theme');
  if (!isTheme(theme)) throw data(null, { status: 400 });
  return redirect(safeNext(form.get('next'), '/'), { headers: { 'Set-Cookie': await themeCookie(theme) } });
}
