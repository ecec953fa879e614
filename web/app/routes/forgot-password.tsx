import { passwordResetRequest } from '@coding-platform/api/schema/auth';
import { data, type ActionFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { EmailField } from '~/components/credential-fields';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { requestPasswordReset } from '~/features/auth/api.server';
import { AuthPage } from '~/features/auth/auth-page';
import { CheckMail } from '~/features/auth/check-mail';
import { emptyForm, type FormState } from '~/lib/form-state';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, passwordResetRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    const mailStatus = await requestPasswordReset(request, parsed.value);
    return data<FormState>({ ...emptyForm, mailSentTo: parsed.value.email, mailStatus });
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Forgot password') }];

export default function ForgotPassword() {
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().formAction?.startsWith('/forgot-password') ?? false;
  if (state?.mailSentTo) {
    return (
      <CheckMail email={state.mailSentTo} status={state.mailStatus}>
        If there is an account with this address, the link in it lets you choose a new password.
      </CheckMail>
    );
  }
  return (
    <AuthPage
      title="Forgot your password?"
      intro="Give your e-mail address and we send a link to choose a new one."
      after={
        <Link className="link" to="/login">
          Back to sign in
        </Link>
      }
    >
      <PostForm ref={form} noValidate className="space-y-5">
        <FormMessage message={state?.message} />
        <EmailField state={state} />
        <Button pending={pending}>Send the link</Button>
      </PostForm>
    </AuthPage>
  );
}
