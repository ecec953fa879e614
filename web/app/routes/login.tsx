import { loginRequest } from '@coding-platform/api/schema/auth';
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { EmailField, PasswordField } from '~/components/credential-fields';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { signIn } from '~/features/auth/api.server';
import { AuthPage } from '~/features/auth/auth-page';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { safeNext } from '~/lib/safe-next';
import { requireSignedOut } from '~/lib/session.server';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const next = safeNext(new URL(request.url).searchParams.get('next'));
  await requireSignedOut(request, next);
  return { next };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, loginRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    const { needsCode, headers } = await signIn(request, parsed.value);
    const next = safeNext(form.get('next'));
    return redirect(needsCode ? `/second-factor?next=${encodeURIComponent(next)}` : next, { headers });
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Sign in') }];

export default function Login() {
  const { next } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().formAction?.startsWith('/login') ?? false;
  return (
    <AuthPage
      title="Sign in"
      after={
        <>
          No account yet?{' '}
          <Link className="link" to="/register">
            Register
          </Link>
        </>
      }
    >
      <PostForm ref={form} noValidate className="space-y-5">
        <FormMessage message={state?.message} />
        <input type="hidden" name="next" value={next} />
        <EmailField state={state} />
        <PasswordField state={state} />
        <div className="flex flex-wrap items-center justify-between gap-4">
          <Button pending={pending}>Sign in</Button>
          <Link className="link text-sm" to="/forgot-password">
            Forgot your password?
          </Link>
        </div>
      </PostForm>
    </AuthPage>
  );
}
