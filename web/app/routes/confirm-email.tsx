import { confirmEmailRequest } from '@coding-platform/api/schema/account';
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button, ButtonLink } from '~/components/button';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { confirmEmail, refreshedProfile } from '~/features/account/api.server';
import { AuthPage } from '~/features/auth/auth-page';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { noticeCookie } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { getOptionalSession, sessionCookie } from '~/lib/session.server';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export function loader({ request }: LoaderFunctionArgs) {
  return { token: new URL(request.url).searchParams.get('token') ?? '' };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, confirmEmailRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    await confirmEmail(request, parsed.value);
    const session = await getOptionalSession(request);
    const headers = new Headers();
    headers.append('Set-Cookie', await noticeCookie('email_changed'));
    if (session) headers.append('Set-Cookie', await sessionCookie(await refreshedProfile(request, session)));
    return redirect(session ? '/account' : '/login', { headers });
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [
  { title: pageTitle('Confirm your e-mail address') },
  { name: 'robots', content: 'noindex' },
];

/** The link of the mail leads here; the address changes by the button, since mail programs open links by themselves. */
export default function ConfirmEmailPage() {
  const { token } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const pending = useNavigation().formAction?.startsWith('/confirm-email') ?? false;
  if (!token) {
    return (
      <AuthPage title="This link is not complete" intro="Open it from the mail again, or ask for a new one.">
        <ButtonLink to="/account/email">Change the address again</ButtonLink>
      </AuthPage>
    );
  }
  return (
    <AuthPage title="Confirm your new e-mail address" intro="From then on you sign in with it.">
      <PostForm className="space-y-5">
        <FormMessage message={state?.message ?? state?.errors['token']} />
        <input type="hidden" name="token" value={token} />
        <Button pending={pending}>Confirm the address</Button>
      </PostForm>
    </AuthPage>
  );
}
