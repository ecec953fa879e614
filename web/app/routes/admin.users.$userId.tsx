import type { Role } from '@coding-platform/api/schema/auth';
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { Avatar } from '~/components/avatar';
import { Badge } from '~/components/badge';
import { FormMessage } from '~/components/form-message';
import { LinkToCopy } from '~/components/link-to-copy';
import { PageHeader } from '~/components/page-header';
import { loadAudit } from '~/features/audit/api.server';
import { AuditList } from '~/features/audit/audit-list';
import {
  changeRoles,
  loadUser,
  makePasswordLink,
  resetSecondFactor,
  setActive,
} from '~/features/users/api.server';
import { UserActs } from '~/features/users/user-acts';
import { UserFacts } from '~/features/users/user-facts';
import { requireApi } from '~/lib/api-client.server';
import { readForm, refuse, refuseByProblem } from '~/lib/form.server';
import { redirectWithNotice } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { roleWithArticle, roleWords } from '~/lib/role-words';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const api = await requireApi(request);
  const id = params['userId'] ?? '';
  const user = await loadUser(api, id);
  const history = await loadAudit(api, { q: '', filters: { target: id } }, { limit: 10 });
  return { user, history: history.entries };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const api = await requireApi(request);
  const form = await readForm(request);
  const id = params['userId'] ?? '';
  const { fullName } = await loadUser(api, id);
  const done = (sentence: string) => redirectWithNotice(`/admin/users/${id}`, 'done', sentence);
  try {
    switch (form.get('intent')) {
      case 'role': {
        const role = form.get('role') as Role;
        await changeRoles(api, { ids: [id], role, confirmOwn: form.get('confirmOwn') === 'yes' });
        return await done(`${fullName} is ${roleWithArticle[role]} now.`);
      }
      case 'close':
        await setActive(api, { ids: [id], active: false });
        return await done(`The account of ${fullName} is closed.`);
      case 'open':
        await setActive(api, { ids: [id], active: true });
        return await done(`The account of ${fullName} is open again.`);
      case 'second-factor':
        await resetSecondFactor(api, id);
        return await done(`Two-factor authentication is off for ${fullName}.`);
      case 'password-link':
        return data({ passwordLink: await makePasswordLink(api, id) });
      default:
        return refuse(form, { message: 'Choose what to do.' });
    }
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded?.user.fullName ?? 'User') },
];

export default function UserPage() {
  const { user, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={user.fullName}
        kicker={
          <Link to="/admin/users" className="link">
            Users
          </Link>
        }
      >
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Avatar fullName={user.fullName} url={user.avatar?.smallUrl ?? null} size="medium" />
          <span className="break-all">{user.email}</span>
          <Badge tone={user.role === 'admin' ? 'accent' : 'neutral'}>{roleWords[user.role]}</Badge>
          {user.deactivatedAt ? <Badge tone="bad">Closed</Badge> : null}
        </p>
      </PageHeader>
      <div className="mt-6 space-y-8">
        {answer && 'message' in answer ? <FormMessage message={answer.message} /> : null}
        {answer && 'passwordLink' in answer ? (
          <Alert tone="warn" title="Hand this link over yourself">
            <p className="mb-3">Whoever has it can set a new password. It works once and for one hour.</p>
            <LinkToCopy label="Link to a new password" url={answer.passwordLink} />
          </Alert>
        ) : null}
        <UserFacts user={user} />
        <UserActs user={user} />
        <section aria-labelledby="history">
          <h2 id="history" className="mb-3 text-lg">
            What was done here
          </h2>
          <AuditList entries={history} />
        </section>
      </div>
    </>
  );
}
