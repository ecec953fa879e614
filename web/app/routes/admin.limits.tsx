import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { PageHeader } from '~/components/page-header';
import { requireAdministrator } from '~/features/admin/require-administrator.server';
import { loadBlocks, loadLimits } from '~/features/limits/api.server';
import { BlockForm } from '~/features/limits/block-form';
import { BlockTable } from '~/features/limits/block-table';
import { ConsumptionList } from '~/features/limits/consumption-list';
import { actOnLimits } from '~/features/limits/limit-action.server';
import { LimitForm } from '~/features/limits/limit-form';
import { LimitTable } from '~/features/limits/limit-table';
import type { FormState } from '~/lib/form-state';
import { readForm } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { readTableQuery } from '~/lib/table-query';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const api = await requireAdministrator(request);
  const query = readTableQuery(request.url, { sorts: ['-created'] });
  const [overview, blocks] = await Promise.all([loadLimits(api), loadBlocks(api, query)]);
  return { ...overview, blocks, query, edit: new URL(request.url).searchParams.get('edit') };
}

export async function action({ request }: ActionFunctionArgs) {
  return actOnLimits(await requireAdministrator(request), await readForm(request));
}

export const meta: MetaFunction = () => [{ title: pageTitle('Limits') }];

export default function AdminLimitsPage() {
  const { mode, limits, consumption, blocks, query, edit } = useLoaderData<typeof loader>();
  const state = useActionData<FormState>();
  const edited = limits.find((limit) => limit.class === edit);
  const stateOf = (intent: string) => (state?.values['intent'] === intent ? state : undefined);
  const elsewhere = state && !stateOf('change') && !stateOf('block') ? state.message : null;
  return (
    <>
      <PageHeader title="Limits">
        <p>
          How often something may be asked for. They hold for the whole installation
          {mode === 'process' ? '; without Redis, each process of the api counts for itself' : ''}.
        </p>
      </PageHeader>
      <div className="mt-6 space-y-10">
        {mode === 'redis_away' ? (
          <Alert tone="warn">
            Redis is away. Each process counts sign-ins and runs for itself and lets everything else through.
          </Alert>
        ) : null}
        {elsewhere ? (
          <Alert tone="bad">{typeof elsewhere === 'string' ? elsewhere : elsewhere.text}</Alert>
        ) : null}
        <section aria-labelledby="table">
          <h2 id="table" className="mb-3 text-xl">
            What holds now
          </h2>
          <LimitTable limits={limits} />
        </section>
        {edited ? <LimitForm key={edited.class} limit={edited} state={stateOf('change')} /> : null}
        <section aria-labelledby="used">
          <h2 id="used" className="mb-3 text-xl">
            Who used most
          </h2>
          <ConsumptionList consumption={consumption} />
        </section>
        <section aria-labelledby="blocks">
          <h2 id="blocks" className="mb-3 text-xl">
            Blocked networks
          </h2>
          <BlockTable list={blocks} query={query} />
          <h3 className="mt-8 mb-3 text-lg">Block a network</h3>
          <BlockForm state={stateOf('block')} />
        </section>
      </div>
    </>
  );
}
