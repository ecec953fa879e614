import { secondFactorCodeRequest } from '@coding-platform/api/schema/second-factor';
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { CodeField } from '~/components/code-field';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { verifySecondFactor } from '~/features/auth/api.server';
import { AuthPage } from '~/features/auth/auth-page';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { safeNext } from '~/lib/safe-next';
import { requireSession } from '~/lib/session.server';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  return { next: safeNext(new URL(request.url).searchParams.get('next')), email: user.email };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, secondFactorCodeRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    await verifySecondFactor(request, parsed.value);
    return redirect(safeNext(form.get('next')));
  } catch (thrown) {
    return refuseByProblem(form, thrown, { wrong_code: 'code' });
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Two-factor authentication') }];

export default function SecondFactorPage() {
  const { next, email } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().formAction?.startsWith('/second-factor') ?? false;
  return (
    <AuthPage
      title="Enter your code"
      intro={`Open your authenticator app and type the code for ${email}.`}
      after={
        <PostForm action="/logout">
          <button className="link">Sign in as someone else</button>
        </PostForm>
      }
    >
      <PostForm ref={form} noValidate className="space-y-5">
        <FormMessage message={state?.message} />
        <input type="hidden" name="next" value={next} />
        <CodeField
          state={state}
          hint="No device at hand? Type one of your recovery codes. Lost those too? An administrator can help."
        />
        <Button pending={pending}>Go on</Button>
      </PostForm>
    </AuthPage>
  );
}
