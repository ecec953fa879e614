import { changeEmailRequest } from '@coding-platform/api/schema/account';
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { Button } from '~/components/button';
import { EmailField, PasswordField } from '~/components/credential-fields';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { requestEmailChange } from '~/features/account/api.server';
import { emptyForm, type FormState } from '~/lib/form-state';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { requireSession } from '~/lib/session.server';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  return { email: user.email };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, changeEmailRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    await requestEmailChange(request, parsed.value);
    return data<FormState>({ ...emptyForm, mailSentTo: parsed.value.email });
  } catch (thrown) {
    return refuseByProblem(form, thrown, { wrong_password: 'currentPassword' });
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('E-mail address') }];

export default function EmailPage() {
  const { email } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().formAction?.startsWith('/account/email') ?? false;
  return (
    <section aria-labelledby="email">
      <h2 id="email" className="mb-2 text-xl">
        E-mail address
      </h2>
      <p className="mb-5 text-muted">
        You sign in with <strong className="break-all">{email}</strong>. It changes when you open the link
        that we send to the new address.
      </p>
      {state?.mailSentTo ? (
        <Alert tone="good" className="mb-5">
          If <strong className="break-all">{state.mailSentTo}</strong> can be used, a message is on its way to
          it. Open its link within an hour.
        </Alert>
      ) : null}
      <PostForm ref={form} noValidate className="max-w-md space-y-5">
        <FormMessage message={state?.message} />
        <EmailField state={state} label="New e-mail" />
        <PasswordField state={state} label="Your password" name="currentPassword" />
        <Button pending={pending}>Send the link</Button>
      </PostForm>
    </section>
  );
}
