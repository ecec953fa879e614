import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { Button } from '~/components/button';
import { ClockTime } from '~/components/clock-time';
import { PageHeader } from '~/components/page-header';
import { requireAdministrator } from '~/features/admin/require-administrator.server';
import { loadHealth } from '~/features/health/api.server';
import { CheckList } from '~/features/health/check-list';
import { durationWords } from '~/features/health/check-words';
import { everySeconds, useHealth } from '~/features/health/use-health';
import { settle } from '~/lib/outcome';
import { pageTitle } from '~/lib/product';
import { useScripted } from '~/lib/use-scripted';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const api = await requireAdministrator(request);
  // An api that does not answer is what this page is there to tell.
  return settle(() => loadHealth(api));
}

export const meta: MetaFunction = () => [{ title: pageTitle('Health') }];

const summaryOf = (isDown: boolean, isUnsure: boolean) => {
  if (isDown) return { tone: 'bad', title: 'Some components are unavailable' } as const;
  return isUnsure
    ? ({ tone: 'warn', title: 'A check failed once. Checking again.' } as const)
    : ({ tone: 'good', title: 'All components are healthy' } as const);
};

export default function AdminHealthPage() {
  const loaded = useLoaderData<typeof loader>();
  const health = useHealth(loaded);
  const { outcome, refresh, refreshing, paused, setPaused } = health;
  const scripted = useScripted();
  // Without script there is no second check: the page says what the first one found.
  const doubtful = scripted ? health.doubtful : [];
  const isDown = scripted ? health.isDown : !outcome.ok || outcome.value.status !== 'healthy';
  const actions = scripted ? (
    <>
      <Button type="button" look="quiet" onClick={() => setPaused(!paused)}>
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button type="button" look="secondary" pending={refreshing} onClick={() => void refresh()}>
        Refresh
      </Button>
    </>
  ) : (
    <Form method="get">
      <Button look="secondary" type="submit">
        Refresh
      </Button>
    </Form>
  );
  return (
    <>
      <PageHeader title="Health" actions={actions}>
        {outcome.ok ? (
          <p>
            Checked at <ClockTime iso={outcome.value.timestamp} />
            {scripted && !paused ? `, again every ${everySeconds} seconds` : ''}.
          </p>
        ) : null}
      </PageHeader>
      <div className="mt-6 space-y-6">
        {outcome.ok ? (
          <>
            <Alert {...summaryOf(isDown, doubtful.length > 0 || (scripted && health.isMissed))} />
            <CheckList health={outcome.value} doubtful={doubtful} />
            <p className="text-sm text-muted">
              Version {outcome.value.details.version}, up for {durationWords(outcome.value.uptime)}. Since
              when a part is as it is counts from the start of the process that answered.
            </p>
          </>
        ) : (
          <Alert tone={isDown ? 'bad' : 'warn'} title="The api is unreachable">
            <p>{outcome.failure.detail}</p>
            <p className="mt-1">
              {paused ? 'Refresh when it is back.' : 'This page keeps trying.'} See the log of the api.
            </p>
          </Alert>
        )}
      </div>
    </>
  );
}
