import { updateOrganizationRequest } from '@coding-platform/api/schema/organizations';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { Field } from '~/components/field';
import { FormMessage } from '~/components/form-message';
import { PageHeader } from '~/components/page-header';
import { PostForm } from '~/components/post-form';
import { SelectField } from '~/components/select-field';
import {
  loadOrganization,
  requireSecondFactor,
  updateOrganization,
} from '~/features/organizations/api.server';
import { requireApi } from '~/lib/api-client.server';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { redirectWithNotice } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  return loadOrganization(await requireApi(request));
}

export async function action({ request }: ActionFunctionArgs) {
  const api = await requireApi(request);
  const form = await readForm(request);
  const parsed = parseForm(form, updateOrganizationRequest.required());
  if (!parsed.ok) return parsed.refusal;
  try {
    const before = await loadOrganization(api);
    await updateOrganization(api, parsed.value);
    const required = form.get('secondFactorRequired') === 'yes';
    if (required !== before.secondFactorRequired) await requireSecondFactor(api, required);
    return await redirectWithNotice('/admin/organization', 'done', 'The settings are saved.');
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Organization') }];

const registrationOptions = [
  { value: 'open', label: 'Anybody can register' },
  { value: 'code', label: 'Only with the code of a course' },
  { value: 'closed', label: 'Only by invitation' },
];

export default function OrganizationPage() {
  const settings = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const form = useFocusFirstError(state);
  const pending = useNavigation().state === 'submitting';
  return (
    <>
      <PageHeader title="Organization">
        <p>Changes count at once, for everybody. Each is in the audit log.</p>
      </PageHeader>
      <PostForm ref={form} noValidate className="mt-6 max-w-xl space-y-6">
        <FormMessage message={state?.message} />
        <Field
          label="Name"
          name="name"
          required
          maxLength={200}
          hint="On top of every dashboard, and in mails."
          defaultValue={state?.values['name'] ?? settings.name}
          error={state?.errors['name']}
        />
        <SelectField
          label="Who may register"
          name="registration"
          options={registrationOptions}
          hint="Whoever is invited can always make an account."
          defaultValue={state?.values['registration'] ?? settings.registration}
          error={state?.errors['registration']}
        />
        <div className="flex gap-3">
          <input
            id="second-factor-required"
            type="checkbox"
            name="secondFactorRequired"
            value="yes"
            defaultChecked={settings.secondFactorRequired}
            aria-describedby="second-factor-hint"
            className="mt-1 size-5 shrink-0 accent-accent"
          />
          <div>
            <label htmlFor="second-factor-required" className="font-medium">
              Require two-factor authentication for instructors and administrators
            </label>
            <p id="second-factor-hint" className="mt-1 text-sm text-muted">
              A code from an app on their phone. Whoever has none is asked to set it up before anything else,
              you included.
            </p>
          </div>
        </div>
        <Button pending={pending}>Save</Button>
      </PostForm>
    </>
  );
}
