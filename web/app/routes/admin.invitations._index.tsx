import { invitationPageSize, type Invitation } from '@coding-platform/api/schema/invitations';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { Badge } from '~/components/badge';
import { Button, ButtonLink } from '~/components/button';
import { ConfirmButton } from '~/components/confirm-dialog';
import { DataTable, type Column } from '~/components/data-table';
import { FormMessage } from '~/components/form-message';
import { LocalTime } from '~/components/local-time';
import { PageHeader } from '~/components/page-header';
import { PostForm } from '~/components/post-form';
import { loadInvitations, resendInvitation, withdrawInvitation } from '~/features/invitations/api.server';
import { requireApi } from '~/lib/api-client.server';
import { readForm, refuseByProblem } from '~/lib/form.server';
import { redirectWithNotice } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { roleWords } from '~/lib/role-words';
import { readTableQuery } from '~/lib/table-query';
import type { Tone } from '~/lib/verdict-words';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

const stateNames = ['open', 'expired', 'accepted', 'withdrawn'] as const;

const states: Record<Invitation['state'], { label: string; tone: Tone }> = {
  open: { label: 'Open', tone: 'accent' },
  expired: { label: 'Expired', tone: 'warn' },
  accepted: { label: 'Accepted', tone: 'good' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
};

export async function loader({ request }: LoaderFunctionArgs) {
  const query = readTableQuery(request.url, { sorts: ['newest'], filters: { state: stateNames } });
  return { query, list: await loadInvitations(await requireApi(request), query) };
}

export async function action({ request }: ActionFunctionArgs) {
  const api = await requireApi(request);
  const form = await readForm(request);
  const [id = '', email = ''] = ['id', 'email'].map((name) => form.getAll(name).map(String)[0]);
  const here = `/admin/invitations${new URL(request.url).search}`;
  try {
    if (form.get('intent') === 'withdraw') {
      await withdrawInvitation(api, id);
      return await redirectWithNotice(here, 'done', `The invitation of ${email} is withdrawn.`);
    }
    await resendInvitation(api, id);
    return await redirectWithNotice(here, 'done', `The invitation of ${email} is on its way again.`);
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Invitations') }];

const columns: readonly [Column<Invitation>, ...Column<Invitation>[]] = [
  {
    header: 'E-mail',
    cell: ({ email, fullName }) => (
      <>
        <span className="font-medium break-all">{email}</span>
        {fullName ? <span className="block text-sm text-muted">{fullName}</span> : null}
      </>
    ),
  },
  {
    header: 'Becomes',
    cell: ({ role, courseTitle }) => (
      <>
        {roleWords[role]}
        {courseTitle ? <span className="block text-muted">in {courseTitle}</span> : null}
      </>
    ),
  },
  {
    header: 'State',
    cell: ({ state, expiresAt, acceptedAt }) => (
      <>
        <Badge tone={states[state].tone}>{states[state].label}</Badge>
        <span className="mt-0.5 block text-muted">
          {state === 'open' ? 'until ' : null}
          {state === 'withdrawn' ? null : <LocalTime iso={acceptedAt ?? expiresAt} />}
        </span>
      </>
    ),
  },
  {
    header: 'Sent',
    cell: ({ sentAt, inviterName }) => (
      <>
        <LocalTime iso={sentAt} />
        <span className="block text-muted">by {inviterName}</span>
      </>
    ),
  },
  { header: 'Do', cell: (invitation) => <InvitationActs invitation={invitation} /> },
];

function InvitationActs({ invitation: { id, email, state } }: { invitation: Invitation }) {
  if (state !== 'open' && state !== 'expired') return <span className="text-muted">–</span>;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <ButtonLink look="secondary" size="small" to={`/admin/invitations/${id}`}>
        Link<span className="sr-only"> of {email}</span>
      </ButtonLink>
      <PostForm preventScrollReset>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="email" value={email} />
        <Button look="secondary" size="small" name="intent" value="resend">
          Send again<span className="sr-only"> to {email}</span>
        </Button>
      </PostForm>
      <ConfirmButton
        name={`withdraw-${id}`}
        label="Withdraw"
        size="small"
        title={`Withdraw the invitation of ${email}?`}
        confirmLabel="Withdraw"
        fields={{ intent: 'withdraw', id, email }}
      >
        <p>Its link stops working. You can invite the address again.</p>
      </ConfirmButton>
    </span>
  );
}

export default function InvitationsPage() {
  const { query, list } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const invite = (
    <>
      <ButtonLink look="secondary" to="/admin/invitations/import">
        Invite a list
      </ButtonLink>
      <ButtonLink to="/admin/invitations/new">Invite somebody</ButtonLink>
    </>
  );
  return (
    <>
      <PageHeader title="Invitations" actions={invite}>
        <p>
          They are mailed where{' '}
          <Link className="link" to="/admin/mail">
            mail
          </Link>{' '}
          is set up; the link can always be handed over.
        </p>
      </PageHeader>
      <div className="mt-6 space-y-4">
        <FormMessage message={answer?.message} />
        <DataTable
          caption="Invitations"
          columns={columns}
          rows={list.invitations}
          rowKey={({ id }) => id}
          query={query}
          pages={{ kind: 'numbered', size: invitationPageSize, total: list.total }}
          search="E-mail or name"
          filters={[
            {
              name: 'state',
              label: 'State',
              allLabel: 'All',
              options: stateNames.map((value) => ({ value, label: states[value].label })),
            },
          ]}
          empty={{ title: 'Nobody is invited', text: 'Invite one person, or everybody in a list.' }}
        />
      </div>
    </>
  );
}
