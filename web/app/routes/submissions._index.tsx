import { submissionList } from '@coding-platform/api/schema/submissions';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ButtonLink } from '~/components/button';
import { EmptyState } from '~/components/empty-state';
import { PageHeader } from '~/components/page-header';
import { SubmissionTable } from '~/components/submission-table';
import { loadProblemChoices } from '~/features/courses/api.server';
import { ProblemFilter } from '~/features/courses/problem-filter';
import { requireApi } from '~/lib/api-client.server';
import { pageTitle } from '~/lib/product';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const api = await requireApi(request);
  const query = new URL(request.url).searchParams;
  const problemSlug = query.get('problemSlug') ?? '';
  const before = query.get('before') ?? '';
  const [list, choices] = await Promise.all([
    api.get('/api/submissions', submissionList, { query: { problemSlug, before, limit: 20 } }),
    loadProblemChoices(api),
  ]);
  return { ...list, choices, problemSlug, before };
}

export const meta: MetaFunction = () => [{ title: pageTitle('Submissions') }];

export default function SubmissionsPage() {
  const { submissions, nextBefore, choices, problemSlug, before } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Submissions" actions={<ProblemFilter choices={choices} current={problemSlug} />}>
        <p>Everything that you have submitted, newest first.</p>
      </PageHeader>
      <div className="mt-6">
        {submissions.length > 0 ? (
          <SubmissionTable submissions={submissions} />
        ) : (
          <NoSubmissions problemSlug={problemSlug} />
        )}
      </div>
      <nav aria-label="Pages" className="mt-6 flex flex-wrap gap-3">
        {before ? (
          <ButtonLink look="secondary" size="small" to={pagePath(problemSlug)}>
            Newest
          </ButtonLink>
        ) : null}
        {nextBefore ? (
          <ButtonLink look="secondary" size="small" to={pagePath(problemSlug, nextBefore)}>
            Older
          </ButtonLink>
        ) : null}
      </nav>
    </>
  );
}

function NoSubmissions({ problemSlug }: { problemSlug: string }) {
  return problemSlug ? (
    <EmptyState
      title="Nothing submitted for this problem"
      text="Your attempts appear here with their verdicts."
    >
      <div className="flex flex-wrap gap-3">
        <ButtonLink to={`/problems/${problemSlug}`}>Open the problem</ButtonLink>
        <ButtonLink look="secondary" to="/submissions">
          Show all submissions
        </ButtonLink>
      </div>
    </EmptyState>
  ) : (
    <EmptyState
      title="Nothing submitted yet"
      text="Solve a problem, submit it, and its verdict appears here."
    >
      <ButtonLink to="/dashboard">Find a problem</ButtonLink>
    </EmptyState>
  );
}

function pagePath(problemSlug: string, before?: string): string {
  const query = new URLSearchParams();
  if (problemSlug) query.set('problemSlug', problemSlug);
  if (before) query.set('before', before);
  return query.size > 0 ? `/submissions?${query}` : '/submissions';
}
