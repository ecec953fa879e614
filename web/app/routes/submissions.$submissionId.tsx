import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Breadcrumbs } from '~/components/breadcrumbs';
import { ButtonLink } from '~/components/button';
import { Markdown } from '~/components/markdown';
import { PageHeader } from '~/components/page-header';
import { loadProblem } from '~/features/problems/api.server';
import { NextStep } from '~/features/problems/next-step';
import { loadSubmission } from '~/features/submissions/api.server';
import { highlightCode } from '~/features/submissions/highlight-code.server';
import { spokenState } from '~/features/submissions/judging-words';
import { StopButton } from '~/features/submissions/stop-button';
import { SubmissionFacts } from '~/features/submissions/submission-facts';
import { SubmissionResult } from '~/features/submissions/submission-result';
import { useJudging } from '~/features/submissions/use-judging';
import { requireApi } from '~/lib/api-client.server';
import { settle } from '~/lib/outcome';
import { pageTitle } from '~/lib/product';
import { requireSession } from '~/lib/session.server';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  const api = await requireApi(request);
  const submission = await loadSubmission(api, params['submissionId'] ?? '');
  const [problem, codeHtml] = await Promise.all([
    // A problem that was taken back leaves its submissions readable.
    settle(() => loadProblem(api, submission.problemSlug)),
    highlightCode(submission.sourceCode, submission.languageName),
  ]);
  return data({
    submission,
    codeHtml,
    problem: problem.ok ? problem.value : null,
    isStaff: user.role !== 'student',
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded ? `Submission for ${loaded.submission.problemTitle}` : 'Submission') },
];

export default function SubmissionPage() {
  const { submission, codeHtml, problem, isStaff } = useLoaderData<typeof loader>();
  const state = useJudging(submission.id, submission);
  const language = problem?.languages.find(({ id }) => id === submission.languageId);
  const limits = problem && {
    timeLimitMs: language?.timeLimitMs ?? problem.timeLimitMs,
    memoryLimitKb: problem.memoryLimitKb,
  };
  const problemPath = `/problems/${submission.problemSlug}`;
  return (
    <>
      {state.detail === null && (
        <noscript>
          <meta httpEquiv="refresh" content="2" />
        </noscript>
      )}
      <Breadcrumbs
        items={[
          { label: 'Submissions', to: '/submissions' },
          { label: submission.problemTitle, to: problemPath },
        ]}
        current="Submission"
      />
      <PageHeader
        title={submission.problemTitle}
        actions={
          problem && (
            <>
              <ButtonLink to={`${problemPath}?restore=${submission.id}`} look="secondary" size="small">
                Restore into the editor
              </ButtonLink>
              <ButtonLink to={problemPath} look="secondary" size="small">
                Back to the problem
              </ButtonLink>
            </>
          )
        }
      >
        <SubmissionFacts submission={submission} withAuthor={isStaff} />
      </PageHeader>
      <section aria-label="Result" className="mt-8 overflow-hidden rounded-lg border border-line">
        <p role="status" className="sr-only">
          {spokenState(state)}
        </p>
        <SubmissionResult
          state={state}
          limits={limits}
          stop={<StopButton submissionId={submission.id} />}
          next={state.detail?.verdict === 'accepted' && problem && !isStaff && <NextStep problem={problem} />}
        />
      </section>
      <section aria-labelledby="code" className="mt-10">
        <h2 id="code" className="mb-3 text-lg">
          Code
        </h2>
        <Markdown html={codeHtml} className="text-sm" />
      </section>
    </>
  );
}
