import { createInvitationRequest, type InvitationLink } from '@coding-platform/api/schema/invitations';
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { Button, ButtonLink } from '~/components/button';
import { Field } from '~/components/field';
import { FormMessage } from '~/components/form-message';
import { LinkToCopy } from '~/components/link-to-copy';
import { PageHeader } from '~/components/page-header';
import { PostForm } from '~/components/post-form';
import { SelectField } from '~/components/select-field';
import { loadCourses } from '~/features/courses/api.server';
import { createInvitation } from '~/features/invitations/api.server';
import { requireApi } from '~/lib/api-client.server';
import type { FormState } from '~/lib/form-state';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { roleOptions } from '~/lib/role-words';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const courses = await loadCourses(await requireApi(request));
  return { courses: courses.map(({ slug, title }) => ({ value: slug, label: title })) };
}

export async function action({ request }: ActionFunctionArgs) {
  const api = await requireApi(request);
  const form = await readForm(request);
  const parsed = parseForm(form, createInvitationRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    return data({ link: await createInvitation(api, parsed.value) });
  } catch (thrown) {
    return refuseByProblem(form, thrown, { email_taken: 'email', already_invited: 'email' });
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Invite somebody') }];

export default function InvitePage() {
  const { courses } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const link = answer && 'link' in answer ? answer.link : null;
  const state = answer && 'values' in answer ? answer : undefined;
  return (
    <>
      <PageHeader
        title="Invite somebody"
        kicker={
          <Link to="/admin/invitations" className="link">
            Invitations
          </Link>
        }
        actions={
          <ButtonLink look="secondary" to="/admin/invitations/import">
            Invite a list
          </ButtonLink>
        }
      >
        <p>They choose name and password themselves. The link is good for 14 days.</p>
      </PageHeader>
      <div className="mt-6 max-w-xl space-y-6">
        {link ? <Invited link={link} /> : null}
        <InviteForm key={link?.id ?? 'new'} courses={courses} state={state} />
      </div>
    </>
  );
}

function Invited({ link }: { link: InvitationLink }) {
  return (
    <Alert tone="good" title={`${link.email} is invited`}>
      <p className="mb-3">
        The mail is on its way, if mail is set up here. You can also hand over the link yourself.
      </p>
      <LinkToCopy label="Link of the invitation" url={link.url} hint="Whoever has it can make the account." />
    </Alert>
  );
}

interface InviteFormProps {
  courses: { value: string; label: string }[];
  state: FormState | undefined;
}

function InviteForm({ courses, state }: InviteFormProps) {
  const form = useFocusFirstError(state);
  const pending = useNavigation().state === 'submitting';
  return (
    <PostForm ref={form} noValidate className="space-y-5">
      <FormMessage message={state?.message} />
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="off"
        required
        defaultValue={state?.values['email']}
        error={state?.errors['email']}
      />
      <Field
        label="Full name"
        name="fullName"
        autoComplete="off"
        hint="They can change it when they accept."
        defaultValue={state?.values['fullName']}
        error={state?.errors['fullName']}
      />
      <SelectField
        label="Role"
        name="role"
        options={roleOptions}
        defaultValue={state?.values['role'] ?? 'student'}
        error={state?.errors['role']}
      />
      <SelectField
        label="Course (for students)"
        name="courseSlug"
        options={[{ value: '', label: 'None' }, ...courses]}
        defaultValue={state?.values['courseSlug'] ?? ''}
        error={state?.errors['courseSlug']}
      />
      <Button pending={pending}>Invite</Button>
    </PostForm>
  );
}
