import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { Breadcrumbs } from '~/components/breadcrumbs';
import { DiffView } from '~/components/diff-view';
import { EmptyState } from '~/components/empty-state';
import { PageHeader } from '~/components/page-header';
import { VerdictBadge } from '~/components/verdict-badge';
import { loadSubmission } from '~/features/submissions/api.server';
import { SubmissionFacts } from '~/features/submissions/submission-facts';
import { requireApi } from '~/lib/api-client.server';
import { pageTitle } from '~/lib/product';
import { requireSession } from '~/lib/session.server';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  const query = new URL(request.url).searchParams;
  const ids = [...new Set(query.getAll('id'))];
  const problemSlug = query.get('problem') ?? '';
  const isStaff = user.role !== 'student';
  // The form cannot know without script how many are ticked.
  if (ids.length !== 2) return data({ pair: null, problemSlug, isStaff }, { status: 400 });
  const api = await requireApi(request);
  const both = await Promise.all(ids.map((id) => loadSubmission(api, id)));
  const [older, newer] = both.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return data({ pair: older && newer ? { older, newer } : null, problemSlug, isStaff });
}

export const meta: MetaFunction = () => [{ title: pageTitle('Compare submissions') }];

export default function ComparePage() {
  const { pair, problemSlug, isStaff } = useLoaderData<typeof loader>();
  if (!pair) {
    return (
      <EmptyState
        title="Choose two submissions"
        text="Tick exactly two in the list of a problem, then compare them."
      >
        <Link className="link" to={problemSlug ? `/problems/${problemSlug}#history` : '/submissions'}>
          Back to the list
        </Link>
      </EmptyState>
    );
  }
  const { older, newer } = pair;
  return (
    <>
      <Breadcrumbs
        items={[
          { label: 'Submissions', to: '/submissions' },
          { label: newer.problemTitle, to: `/problems/${newer.problemSlug}` },
        ]}
        current="Compare"
      />
      <PageHeader title="Two submissions compared" />
      <dl className="mt-6 grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {[older, newer].map((submission, at) => (
          <div key={submission.id}>
            <dt className="text-sm text-muted">{at === 0 ? 'Older' : 'Newer'}</dt>
            <dd className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <VerdictBadge verdict={submission.verdict} status={submission.status} />
              {submission.score} of {submission.maxScore} points
              <Link className="link" to={`/submissions/${submission.id}`}>
                <SubmissionFacts submission={submission} withAuthor={isStaff} />
              </Link>
            </dd>
          </div>
        ))}
      </dl>
      <section aria-label="Differences" className="mt-6">
        {older.sourceCode === newer.sourceCode && <p className="mb-3 text-sm">Both have the same code.</p>}
        <DiffView
          left={older.sourceCode}
          right={newer.sourceCode}
          leftName="Older"
          rightName="Newer"
          meaning="versions"
        />
      </section>
    </>
  );
}
