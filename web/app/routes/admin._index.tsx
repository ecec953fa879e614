import type { Health } from '@coding-platform/api/schema/health';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { PageHeader } from '~/components/page-header';
import { loadOverview } from '~/features/admin/api.server';
import { OverviewNumbers } from '~/features/admin/overview-numbers';
import { areas } from '~/features/admin/side-navigation';
import { loadAudit } from '~/features/audit/api.server';
import { AuditList } from '~/features/audit/audit-list';
import { loadHealth } from '~/features/health/api.server';
import { requireApi } from '~/lib/api-client.server';
import { pageTitle } from '~/lib/product';
import { requireSession } from '~/lib/session.server';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  const api = await requireApi(request);
  const [overview, health, audit] = await Promise.all([
    loadOverview(api),
    loadHealth(api),
    loadAudit(api, { q: '', filters: {} }, { limit: 5 }),
  ]);
  return { organizationName: user.organizationName, overview, health, latest: audit.entries };
}

export const meta: MetaFunction = () => [{ title: pageTitle('Administration') }];

const partsAway = ({ checks }: Health): string[] =>
  Object.entries(checks)
    .filter(([, status]) => status === 'unhealthy')
    .map(([name]) => name);

export default function AdminOverviewPage() {
  const { organizationName, overview, health, latest } = useLoaderData<typeof loader>();
  const away = partsAway(health);
  return (
    <>
      <PageHeader title="Administration" kicker={organizationName} />
      <div className="mt-6 space-y-10">
        <Alert tone={away.length > 0 ? 'bad' : 'good'}>
          {away.length > 0 ? `Unavailable: ${away.join(', ')}. ` : 'All components are healthy. '}
          <Link className="link" to="/admin/health">
            Health
          </Link>
        </Alert>
        <OverviewNumbers overview={overview} />
        <section aria-labelledby="latest">
          <div className="mb-3 flex items-baseline justify-between gap-4">
            <h2 id="latest" className="text-lg">
              Latest acts
            </h2>
            <Link className="link text-sm" to="/admin/audit">
              Audit log
            </Link>
          </div>
          <AuditList entries={latest} withTarget />
        </section>
        <section aria-labelledby="areas">
          <h2 id="areas" className="mb-3 text-lg">
            Areas
          </h2>
          <ul className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
            {areas.map(({ to, label, text }) => (
              <li key={to}>
                <Link to={to} className="link font-medium">
                  {label}
                </Link>
                <p className="text-sm text-muted">{text}</p>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
