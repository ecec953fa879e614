import { passwordMinLength, registerRequest } from '@coding-platform/api/schema/auth';
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { EmailField, PasswordField } from '~/components/credential-fields';
import { Field } from '~/components/field';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { register } from '~/features/auth/api.server';
import { AuthPage } from '~/features/auth/auth-page';
import { CheckMail } from '~/features/auth/check-mail';
import { loadRegistrationMode } from '~/features/organizations/api.server';
import { emptyForm, type FormState } from '~/lib/form-state';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { requireSignedOut, sessionCookie } from '~/lib/session.server';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const code = new URL(request.url).searchParams.get('code')?.slice(0, 64) ?? '';
  await requireSignedOut(request, code ? `/dashboard?code=${encodeURIComponent(code)}` : '/dashboard');
  return { code, passwordMinLength, mode: await loadRegistrationMode(request) };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, registerRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    const session = await register(request, parsed.value);
    if (!session) return data<FormState>({ ...emptyForm, mailSentTo: parsed.value.email });
    return redirect('/dashboard', { headers: { 'Set-Cookie': await sessionCookie(session) } });
  } catch (thrown) {
    return refuseByProblem(form, thrown, {
      email_taken: 'email',
      unknown_enrolment_code: 'enrolmentCode',
      enrolment_code_needed: 'enrolmentCode',
    });
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Register') }];

export default function Register() {
  const { code, passwordMinLength, mode } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().formAction?.startsWith('/register') ?? false;
  if (state?.mailSentTo) {
    return (
      <CheckMail email={state.mailSentTo}>
        Open its link to confirm your address. No mail?{' '}
        <Link className="link" to="/confirm">
          Ask for another one
        </Link>
        .
      </CheckMail>
    );
  }
  if (mode === 'closed') {
    return (
      <AuthPage
        title="Register"
        after={
          <Link className="link" to="/login">
            Sign in
          </Link>
        }
      >
        <p>This school makes the accounts itself: ask your teacher for an invitation.</p>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title="Register"
      intro="Use the e-mail address that your school knows you by."
      after={
        <>
          Already registered?{' '}
          <Link className="link" to="/login">
            Sign in
          </Link>
        </>
      }
    >
      <PostForm ref={form} noValidate className="space-y-5">
        <FormMessage message={state?.message} />
        <Field
          label="Full name"
          name="fullName"
          autoComplete="name"
          required
          defaultValue={state?.values['fullName']}
          error={state?.errors['fullName']}
        />
        <EmailField state={state} />
        <PasswordField state={state} minLength={passwordMinLength} />
        <Field
          label="Course code"
          name="enrolmentCode"
          autoComplete="off"
          spellCheck={false}
          required={mode === 'code'}
          hint={
            mode === 'code'
              ? 'Your teacher has it.'
              : 'Your teacher has it. You can also join a course later.'
          }
          defaultValue={state?.values['enrolmentCode'] ?? code}
          error={state?.errors['enrolmentCode']}
        />
        <Button pending={pending}>Create account</Button>
      </PostForm>
    </AuthPage>
  );
}
