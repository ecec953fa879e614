import { cacheInvalidateRequest } from '@coding-platform/api/schema/cache';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { Button } from '~/components/button';
import { ConfirmButton } from '~/components/confirm-dialog';
import { Field } from '~/components/field';
import { FormMessage } from '~/components/form-message';
import { LocalTime } from '~/components/local-time';
import { PageHeader } from '~/components/page-header';
import { PostForm } from '~/components/post-form';
import { requireAdministrator } from '~/features/admin/require-administrator.server';
import { flushCache, invalidateCache, loadCacheReport } from '~/features/cache/api.server';
import { bytesWords, rateWords, removedWords } from '~/features/cache/cache-words';
import { FamilyTable } from '~/features/cache/family-table';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { redirectWithNotice } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  return { report: await loadCacheReport(await requireAdministrator(request)) };
}

export async function action({ request }: ActionFunctionArgs) {
  const api = await requireAdministrator(request);
  const form = await readForm(request);
  try {
    if (form.get('intent') === 'flush') {
      return redirectWithNotice('/admin/cache', 'done', removedWords(await flushCache(api)));
    }
    const parsed = parseForm(form, cacheInvalidateRequest);
    if (!parsed.ok) return parsed.refusal;
    const removed = await invalidateCache(api, parsed.value.pattern);
    return redirectWithNotice('/admin/cache', 'done', removedWords(removed));
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Cache') }];

export default function AdminCachePage() {
  const { report } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Cache"
        actions={
          <ConfirmButton
            name="flush"
            label="Empty the cache"
            title="Empty the cache?"
            confirmLabel="Empty it"
            fields={{ intent: 'flush' }}
          >
            <p>
              Nothing is lost: everything is read from the database again. Pages are slower for a moment.
              Limits and live events stay as they are.
            </p>
          </ConfirmButton>
        }
      >
        <p>What is kept so that the database is asked less. Changes made here show at once.</p>
      </PageHeader>
      <div className="mt-6 space-y-10">
        {report.available ? null : (
          <Alert tone="warn" title="Redis does not answer">
            <p>Everything is read from the database until it is back. Nothing fails, but pages are slower.</p>
          </Alert>
        )}
        <Facts />
        <section aria-labelledby="kinds">
          <h2 id="kinds" className="mb-3 text-xl">
            By kind
          </h2>
          <FamilyTable families={report.families} total={report.total} />
          <p className="mt-3 text-sm text-muted">
            Entries of your school and those that all share. Lookups are those of this process of the api
            since <LocalTime iso={report.startedAt} />.
          </p>
        </section>
        <ForgetForm />
      </div>
    </>
  );
}

function Facts() {
  const { report } = useLoaderData<typeof loader>();
  const { memory, mode, total } = report;
  const facts: [string, string][] = [
    ['Where', mode === 'redis' ? 'Redis, shared by all processes' : 'In the memory of this process'],
    ['Answered from the cache', rateWords(total.hitRate)],
    ['Entries', new Intl.NumberFormat('en').format(total.entries)],
    ['Memory', memoryWords(memory)],
  ];
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
      {facts.map(([term, fact]) => (
        <div key={term}>
          <dt className="text-sm text-muted">{term}</dt>
          <dd className="mt-1 font-medium tabular-nums">{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function memoryWords(memory: { usedBytes: number | null; maxBytes: number | null } | null): string {
  if (!memory || memory.usedBytes === null) return 'Not known';
  const used = bytesWords(memory.usedBytes);
  return memory.maxBytes === null ? `${used}, no bound set` : `${used} of ${bytesWords(memory.maxBytes)}`;
}

function ForgetForm() {
  const state = useActionData<typeof action>();
  const pending = useNavigation().formData?.has('pattern') ?? false;
  return (
    <section aria-labelledby="forget">
      <h2 id="forget" className="mb-3 text-xl">
        Forget some entries
      </h2>
      <p className="mb-4 max-w-prose">
        After rows were changed in the database by hand, pages show the old ones for up to two minutes. Forget
        them here to see the new ones now.
      </p>
      <PostForm noValidate className="max-w-xl space-y-4">
        <FormMessage message={state?.message} />
        <Field
          label="Pattern"
          name="pattern"
          required
          spellCheck={false}
          autoComplete="off"
          hint={
            <>
              A kind, a colon and the rest, where * stands for any text: <code>problem:*</code>,{' '}
              <code>lesson:*</code>.
            </>
          }
          defaultValue={state?.values['pattern']}
          error={state?.errors['pattern']}
        />
        <Button look="secondary" pending={pending}>
          Forget
        </Button>
      </PostForm>
    </section>
  );
}
