import { isRouteErrorResponse, Link, useLocation, useRouteError, useRouteLoaderData } from '@remix-run/react';
import { WaitCountdown } from '~/components/wait-countdown';
import { isApiProblemData } from './api-problem';
import { useDocumentRequest } from './document-info';
import { describeError } from './error-words';
import { failedRequestId } from './page-fetch';
import type { SessionUser } from './session-user';

/**
 * What a page shows in its own place when it failed: what happened, what to do, and the request id for whoever is asked
 * for help. A route exports it as `ErrorBoundary`.
 */
export function RouteErrorBoundary() {
  const error = useRouteError();
  const { pathname, search } = useLocation();
  const documentRequest = useDocumentRequest();
  const response = isRouteErrorResponse(error) ? error : null;
  const problem = response && isApiProblemData(response.data) ? response.data : null;
  const role = useRouteLoaderData<{ user: SessionUser | null } | undefined>('root')?.user?.role ?? null;
  const words = describeError(response?.status ?? 500, problem, role);
  // A page that fails later without an answer of its own is at least found by the request that it came with.
  const isFirst = documentRequest.path === pathname + search;
  const requestId =
    problem?.requestId || (isFirst ? documentRequest.id : (failedRequestId() ?? documentRequest.id));
  return (
    <div className="mx-auto w-full max-w-2xl px-4 py-10 sm:py-16">
      <p className="font-mono text-sm text-muted">{response?.status ?? 500}</p>
      <h1 className="mt-1 text-3xl">{words.title}</h1>
      <p className="mt-4 text-lg">{words.text}</p>
      <p className="mt-2 text-muted">
        {words.waitSeconds === undefined ? (
          words.remedy
        ) : (
          <WaitCountdown seconds={words.waitSeconds} since={error} />
        )}
      </p>
      <p className="mt-8 flex flex-wrap gap-x-6 gap-y-3">
        {words.retry ? (
          <Link
            className="link"
            to={pathname + search}
            replace
            reloadDocument={problem?.code === 'other_owner'}
          >
            Try again
          </Link>
        ) : null}
        <Link className="link" to="/dashboard">
          Go to the dashboard
        </Link>
      </p>
      {requestId ? (
        <p className="mt-10 border-t border-line pt-4 text-sm text-muted">
          If you ask for help, give this number:{' '}
          <code className="font-mono break-all text-ink">{requestId}</code>
        </p>
      ) : null}
    </div>
  );
}
