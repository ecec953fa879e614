import { passwordMinLength } from '@coding-platform/api/schema/auth';
import { acceptInvitationRequest } from '@coding-platform/api/schema/invitations';
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { PasswordField } from '~/components/credential-fields';
import { Field } from '~/components/field';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { signIn } from '~/features/auth/api.server';
import { AuthPage } from '~/features/auth/auth-page';
import { acceptInvitation, readInvitation } from '~/features/invitations/api.server';
import { ApiProblem } from '~/lib/api-problem';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { roleWithArticle } from '~/lib/role-words';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get('token')?.slice(0, 200) || '-';
  try {
    return { token, invitation: await readInvitation(request, token), refusal: null };
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem && thrown.code === 'invitation_invalid')) throw thrown;
    return { token, invitation: null, refusal: thrown.detail };
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, acceptInvitationRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    const { email } = await readInvitation(request, parsed.value.token);
    await acceptInvitation(request, parsed.value);
    const { needsCode, headers } = await signIn(request, { email, password: parsed.value.password });
    return redirect(needsCode ? '/second-factor?next=/dashboard' : '/dashboard', { headers });
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Invitation') }];

export default function InvitationPage() {
  const { token, invitation, refusal } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().state === 'submitting';
  const signInLink = (
    <>
      You have an account?{' '}
      <Link className="link" to="/login">
        Sign in
      </Link>
    </>
  );
  if (!invitation) {
    return (
      <AuthPage title="This invitation does not work" after={signInLink}>
        <p>{refusal}</p>
      </AuthPage>
    );
  }
  const { organizationName, inviterName, role, courseTitle, email, fullName } = invitation;
  return (
    <AuthPage
      title={`Welcome to ${organizationName}`}
      intro={
        `${inviterName} invites you as ${roleWithArticle[role]}` +
        (courseTitle ? `, in the course ${courseTitle}.` : '.')
      }
      after={signInLink}
    >
      <PostForm ref={form} noValidate className="space-y-5">
        <FormMessage message={state?.message} />
        <input type="hidden" name="token" value={token} />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          readOnly
          required
          value={email}
        />
        <Field
          label="Full name"
          name="fullName"
          autoComplete="name"
          required
          defaultValue={state?.values['fullName'] ?? fullName ?? ''}
          error={state?.errors['fullName']}
        />
        <PasswordField state={state} minLength={passwordMinLength} />
        <Button pending={pending}>Accept and sign in</Button>
      </PostForm>
    </AuthPage>
  );
}
