import { userSorts } from '@coding-platform/api/schema/users';
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useLocation, useNavigate } from '@remix-run/react';
import { ButtonLink } from '~/components/button';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { FormMessage } from '~/components/form-message';
import { PageHeader } from '~/components/page-header';
import { changeRoles, loadUsers, setActive } from '~/features/users/api.server';
import { bulkActOf, doneWords, questionOf } from '~/features/users/bulk-acts';
import { UserTable } from '~/features/users/user-table';
import { requireApi } from '~/lib/api-client.server';
import { readForm, refuse, refuseByProblem } from '~/lib/form.server';
import { redirectWithNotice } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { readTableQuery } from '~/lib/table-query';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

const filters = { role: ['student', 'instructor', 'admin'], state: ['active', 'deactivated'] };

export async function loader({ request }: LoaderFunctionArgs) {
  const query = readTableQuery(request.url, { sorts: userSorts, filters });
  return { query, list: await loadUsers(await requireApi(request), query) };
}

export async function action({ request }: ActionFunctionArgs) {
  const api = await requireApi(request);
  const form = await readForm(request);
  const actName = form.get('act');
  const act = bulkActOf(actName);
  const ids = form.getAll('ids').map(String);
  if (!act || typeof actName !== 'string') return refuse(form, { message: 'Choose what to do.' });
  if (ids.length === 0) return refuse(form, { message: 'Choose at least one person first.' });
  if (form.get('confirmed') !== 'yes') {
    return data({ question: questionOf(act, ids.length), fields: { act: actName, ids } });
  }
  try {
    const changed =
      act.kind === 'role'
        ? await changeRoles(api, { ids, role: act.role, confirmOwn: false })
        : await setActive(api, { ids, active: act.active });
    const { pathname, search } = new URL(request.url);
    return await redirectWithNotice(pathname + search, 'done', doneWords(act, changed));
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Users') }];

export default function UsersPage() {
  const { query, list } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title="Users"
        actions={
          <>
            <ButtonLink look="secondary" to={`/admin/users.csv${search}`} reloadDocument>
              Export CSV
            </ButtonLink>
            <ButtonLink to="/admin/invitations/new">Invite</ButtonLink>
          </>
        }
      />
      <div className="mt-6 space-y-4">
        {answer && 'message' in answer ? <FormMessage message={answer.message} /> : null}
        <UserTable list={list} query={query} />
      </div>
      {answer && 'question' in answer ? (
        <ConfirmDialog
          title={answer.question.title}
          confirmLabel={answer.question.confirmLabel}
          look={answer.question.look}
          fields={{ ...answer.fields, confirmed: 'yes' }}
          onClose={() => navigate(pathname + search, { replace: true, preventScrollReset: true })}
        >
          <p>{answer.question.text}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
