import { renameRequest } from '@coding-platform/api/schema/account';
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { Field } from '~/components/field';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import { rename } from '~/features/account/api.server';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { noticeCookie } from '~/lib/notice.server';
import { requireSession, sessionCookie } from '~/lib/session.server';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  return { user };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const parsed = parseForm(form, renameRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    const session = await rename(request, parsed.value);
    const headers = new Headers();
    headers.append('Set-Cookie', await sessionCookie(session));
    headers.append('Set-Cookie', await noticeCookie('profile_saved'));
    return redirect('/account', { headers });
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export default function ProfilePage() {
  const { user } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().formAction?.startsWith('/account') ?? false;
  return (
    <section aria-labelledby="name">
      <h2 id="name" className="mb-4 text-xl">
        Name
      </h2>
      <PostForm ref={form} action="/account?index" noValidate className="max-w-md space-y-5">
        <FormMessage message={state?.message} />
        <Field
          label="Full name"
          name="fullName"
          autoComplete="name"
          required
          hint="Your teachers and, if you teach, your learners see it."
          defaultValue={state?.values['fullName'] ?? user.fullName}
          error={state?.errors['fullName']}
        />
        <Button pending={pending}>Save</Button>
      </PostForm>
    </section>
  );
}
