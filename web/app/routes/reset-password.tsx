import { passwordMinLength, passwordResetConfirmRequest } from '@coding-platform/api/schema/auth';
import {
  redirectDocument,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button, ButtonLink } from '~/components/button';
import { PasswordField } from '~/components/credential-fields';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { confirmPasswordReset } from '~/features/auth/api.server';
import { AuthPage } from '~/features/auth/auth-page';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { noticeCookie } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { clearedSessionCookie } from '~/lib/session.server';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export function loader({ request }: LoaderFunctionArgs) {
  return { token: new URL(request.url).searchParams.get('token') ?? '', passwordMinLength };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, passwordResetConfirmRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    await confirmPasswordReset(request, parsed.value);
    const headers = new Headers();
    headers.append('Set-Cookie', await clearedSessionCookie());
    headers.append('Set-Cookie', await noticeCookie('password_changed'));
    return redirectDocument('/login', { headers });
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [
  { title: pageTitle('Choose a new password') },
  { name: 'robots', content: 'noindex' },
];

export default function ResetPassword() {
  const { token, passwordMinLength } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().formAction?.startsWith('/reset-password') ?? false;
  if (!token) return <IncompleteLink />;
  return (
    <AuthPage
      title="Choose a new password"
      after={
        <Link className="link" to="/forgot-password">
          Ask for a new link
        </Link>
      }
    >
      <PostForm ref={form} noValidate className="space-y-5">
        <FormMessage message={state?.message ?? state?.errors['token']} />
        <input type="hidden" name="token" value={token} />
        <PasswordField state={state} label="New password" minLength={passwordMinLength} />
        <Button pending={pending}>Change password</Button>
      </PostForm>
    </AuthPage>
  );
}

function IncompleteLink() {
  return (
    <AuthPage title="This link is not complete" intro="Open it from the mail again, or ask for a new one.">
      <ButtonLink to="/forgot-password">Ask for a new link</ButtonLink>
    </AuthPage>
  );
}
