import { changePasswordRequest } from '@coding-platform/api/schema/account';
import { passwordMinLength } from '@coding-platform/api/schema/auth';
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { PasswordField } from '~/components/credential-fields';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { changePassword } from '~/features/account/api.server';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { noticeCookie } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { requireSession, sessionCookie } from '~/lib/session.server';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  return { email: user.email, passwordMinLength };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, changePasswordRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    const session = await changePassword(request, parsed.value);
    const headers = new Headers();
    headers.append('Set-Cookie', await sessionCookie(session));
    headers.append('Set-Cookie', await noticeCookie('own_password_changed'));
    return redirect('/account', { headers });
  } catch (thrown) {
    return refuseByProblem(form, thrown, { wrong_password: 'currentPassword' });
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Password') }];

export default function PasswordPage() {
  const { email, passwordMinLength } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().formAction?.startsWith('/account/password') ?? false;
  return (
    <section aria-labelledby="password">
      <h2 id="password" className="mb-2 text-xl">
        Password
      </h2>
      <p className="mb-5 text-muted">With a new password you are signed out on all your other devices.</p>
      <PostForm ref={form} noValidate className="max-w-md space-y-5">
        <FormMessage message={state?.message} />
        {/* Tells password managers whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField state={state} label="Current password" name="currentPassword" />
        <PasswordField state={state} label="New password" minLength={passwordMinLength} />
        <Button pending={pending}>Change password</Button>
      </PostForm>
    </section>
  );
}
