import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData } from '@remix-run/react';
import { Button } from '~/components/button';
import { Card } from '~/components/card';
import { FormMessage } from '~/components/form-message';
import { LinkToCopy } from '~/components/link-to-copy';
import { PageHeader } from '~/components/page-header';
import { PostForm } from '~/components/post-form';
import { requireAdministrator } from '~/features/admin/require-administrator.server';
import { showInvitationLink } from '~/features/invitations/api.server';
import { requireApi } from '~/lib/api-client.server';
import { readForm, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdministrator(request);
  return null;
}

// A look at the link is recorded, so it is asked for by a form and not by opening a page.
export async function action({ request, params }: ActionFunctionArgs) {
  const api = await requireApi(request);
  try {
    return data({ link: await showInvitationLink(api, params['invitationId'] ?? '') });
  } catch (thrown) {
    return refuseByProblem(await readForm(request), thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Link of an invitation') }];

export default function InvitationLinkPage() {
  const answer = useActionData<typeof action>();
  const link = answer && 'link' in answer ? answer.link : null;
  return (
    <>
      <PageHeader
        title="Link of an invitation"
        kicker={
          <Link to="/admin/invitations" className="link">
            Invitations
          </Link>
        }
      >
        <p>For somebody whom no mail reaches. Whoever has the link can make the account.</p>
      </PageHeader>
      <Card className="mt-6 max-w-2xl">
        {link ? (
          <LinkToCopy label={`For ${link.email}`} url={link.url} hint="Hand it to nobody else." />
        ) : (
          <PostForm className="space-y-4">
            <FormMessage message={answer && 'message' in answer ? answer.message : null} />
            <p>That you looked at it is recorded in the audit log.</p>
            <Button>Show the link</Button>
          </PostForm>
        )}
      </Card>
    </>
  );
}
