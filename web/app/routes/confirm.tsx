import { addressConfirmRequest, confirmationRequest } from '@coding-platform/api/schema/auth';
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { EmailField } from '~/components/credential-fields';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { confirmAddress, requestConfirmation } from '~/features/auth/api.server';
import { AuthPage } from '~/features/auth/auth-page';
import { CheckMail } from '~/features/auth/check-mail';
import { emptyForm, type FormState } from '~/lib/form-state';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { sessionCookie } from '~/lib/session.server';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export function loader({ request }: LoaderFunctionArgs) {
  return { token: new URL(request.url).searchParams.get('token') ?? '' };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  return form.has('token') ? confirm(request, form) : askAgain(request, form);
}

async function confirm(request: Request, form: FormData) {
  const parsed = parseForm(form, addressConfirmRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    const session = await confirmAddress(request, parsed.value);
    return redirect('/dashboard', { headers: { 'Set-Cookie': await sessionCookie(session) } });
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

async function askAgain(request: Request, form: FormData) {
  const parsed = parseForm(form, confirmationRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    const mailStatus = await requestConfirmation(request, parsed.value);
    return data<FormState>({ ...emptyForm, mailSentTo: parsed.value.email, mailStatus });
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [
  { title: pageTitle('Confirm your address') },
  { name: 'robots', content: 'noindex' },
];

const backToSignIn = (
  <Link className="link" to="/login">
    Back to sign in
  </Link>
);

/** The link of the mail leads here; the account opens by the button, since mail programs open links by themselves. */
export default function ConfirmPage() {
  const { token } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const pending = useNavigation().formAction?.startsWith('/confirm') ?? false;
  const form = useFocusFirstError(state);
  if (state?.mailSentTo) {
    return (
      <CheckMail email={state.mailSentTo} status={state.mailStatus}>
        If there is a new account with this address, the link in it opens the account.
      </CheckMail>
    );
  }
  if (!token) {
    return (
      <AuthPage
        title="Confirm your address"
        intro="Open the link in the mail that we sent. We can send another one."
        after={backToSignIn}
      >
        <PostForm ref={form} noValidate className="space-y-5">
          <FormMessage message={state?.message} />
          <EmailField state={state} />
          <Button pending={pending}>Send the link again</Button>
        </PostForm>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title="Confirm your address"
      intro="One click, and your account is open."
      after={
        <Link className="link" to="/confirm">
          Ask for a new link
        </Link>
      }
    >
      <PostForm ref={form} className="space-y-5">
        <FormMessage message={state?.message ?? state?.errors['token']} />
        <input type="hidden" name="token" value={token} />
        <Button pending={pending}>Confirm the address</Button>
      </PostForm>
    </AuthPage>
  );
}
