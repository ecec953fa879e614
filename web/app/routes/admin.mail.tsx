import { mailState, type OutboxMail } from '@coding-platform/api/schema/mail';
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { Badge } from '~/components/badge';
import { Button } from '~/components/button';
import { ConfirmButton } from '~/components/confirm-dialog';
import { DataTable } from '~/components/data-table';
import { LocalTime } from '~/components/local-time';
import { PageHeader } from '~/components/page-header';
import { PostForm } from '~/components/post-form';
import { loadOutbox, makeMailLink, settleMail } from '~/features/mail/api.server';
import { mailKindWords, mailModeWords, mailStateWords } from '~/features/mail/mail-words';
import { ApiProblem } from '~/lib/api-problem';
import { readForm } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';
import { readTableQuery } from '~/lib/table-query';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

const newestFirst = ['-createdAt'] as const;

export async function loader({ request }: LoaderFunctionArgs) {
  const query = readTableQuery(request.url, { sorts: newestFirst, filters: { state: mailState.options } });
  const before = new URL(request.url).searchParams.get('before') ?? '';
  const outbox = await loadOutbox(request, { state: query.filters['state'] ?? '', q: query.q, before });
  return { ...outbox, query };
}

interface Outcome {
  problem: string | null;
  link: { url: string; recipient: string } | null;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const given = form.get('id');
  const id = typeof given === 'string' ? given : '';
  try {
    switch (form.get('act')) {
      case 'link':
        return data<Outcome>({ problem: null, link: await makeMailLink(request, id) });
      case 'retry':
      case 'discard':
        await settleMail(request, id, form.get('act') as 'retry' | 'discard');
        return redirect(new URL(request.url).pathname + new URL(request.url).search);
      default:
        return data<Outcome>({ problem: 'Choose what to do with the mail.', link: null }, { status: 400 });
    }
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem) || thrown.status >= 500) throw thrown;
    return data<Outcome>({ problem: thrown.detail, link: null }, { status: thrown.status });
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Mail') }];

export default function AdminMailPage() {
  const { mode, mails, counts, nextBefore, query } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Mail">
        <p>
          {mailModeWords[mode]}
          {mode === 'mailbox' ? (
            <>
              {' '}
              <Link className="link" to="/mailbox">
                Open the mailbox
              </Link>
            </>
          ) : null}
        </p>
      </PageHeader>
      <div className="mt-6 space-y-6">
        {mode === 'off' ? <WithoutMail /> : null}
        {outcome?.problem ? <Alert tone="bad">{outcome.problem}</Alert> : null}
        {outcome?.link ? <HandOver {...outcome.link} /> : null}
        <Counts counts={counts} />
        <DataTable
          caption="Mails"
          rows={mails}
          rowKey={({ id }) => id}
          query={query}
          pages={{ kind: 'older', nextBefore }}
          search="Address or name"
          filters={[
            {
              name: 'state',
              label: 'State',
              allLabel: 'All states',
              options: mailState.options.map((value) => ({ value, label: mailStateWords[value].label })),
            },
          ]}
          empty={{ title: 'No mails yet', text: 'Invitations, new passwords and the like appear here.' }}
          columns={[
            {
              header: 'Mail',
              cell: (mail) => (
                <>
                  <span className="font-medium">{mail.subject ?? mailKindWords[mail.kind]}</span>
                  <span className="block text-sm font-normal break-all text-muted">{mail.recipient}</span>
                </>
              ),
            },
            { header: 'State', cell: (mail) => <State mail={mail} /> },
            { header: 'Written', cell: ({ createdAt }) => <LocalTime iso={createdAt} className="text-sm" /> },
            { header: 'Actions', cell: (mail) => <Actions mail={mail} /> },
          ]}
        />
      </div>
    </>
  );
}

function WithoutMail() {
  return (
    <Alert tone="warn" title="Hand links over yourself">
      <p>
        No mail server is set up. Whatever would be mailed is listed here as failed: make its link and give it
        to its person. To send mails, set MAILJET_API_KEY and MAILJET_API_SECRET, or SMTP_URL, and FROM_EMAIL;
        then try the failed ones again.
      </p>
    </Alert>
  );
}

function HandOver({ url, recipient }: { url: string; recipient: string }) {
  return (
    <Alert tone="good" title={`The link for ${recipient}`}>
      <p className="my-2 rounded-md bg-sunken px-3 py-2 font-mono text-sm break-all select-all">{url}</p>
      <p className="text-sm">
        It leads into this account and works once: give it to nobody else. It is not shown again, and that you
        made it is in the audit log.
      </p>
    </Alert>
  );
}

function Counts({ counts }: { counts: Record<string, number> }) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {mailState.options.map((state) => (
        <div key={state} className="flex items-baseline gap-2">
          <dt className="text-sm text-muted">{mailStateWords[state].label}</dt>
          <dd className="font-semibold tabular-nums">{counts[state] ?? 0}</dd>
        </div>
      ))}
    </dl>
  );
}

function State({ mail }: { mail: OutboxMail }) {
  const { label, tone } = mailStateWords[mail.state];
  return (
    <div className="max-w-xs space-y-1">
      <Badge tone={tone}>{label}</Badge>
      {mail.error ? <p className="text-sm break-words text-muted">{mail.error}</p> : null}
      {mail.nextAttemptAt && mail.attempts > 0 ? (
        <p className="text-sm text-muted">
          Attempt {mail.attempts + 1} at <LocalTime iso={mail.nextAttemptAt} />
        </p>
      ) : null}
    </div>
  );
}

function Actions({ mail }: { mail: OutboxMail }) {
  const pending = useNavigation().formData?.get('id') === mail.id;
  if (mail.state !== 'failed') return <span className="text-sm text-muted">–</span>;
  return (
    <div className="flex flex-wrap gap-2">
      <PostForm preventScrollReset className="contents">
        <input type="hidden" name="id" value={mail.id} />
        <Button look="secondary" size="small" name="act" value="retry" pending={pending}>
          Send again<span className="sr-only"> to {mail.recipient}</span>
        </Button>
        {mail.hasLink ? (
          <Button look="secondary" size="small" name="act" value="link" pending={pending}>
            Make the link<span className="sr-only"> for {mail.recipient}</span>
          </Button>
        ) : null}
      </PostForm>
      <ConfirmButton
        name={`discard-${mail.id}`}
        label="Discard"
        buttonLook="quiet"
        size="small"
        title={`Discard the mail to ${mail.recipient}?`}
        confirmLabel="Discard"
        fields={{ id: mail.id, act: 'discard' }}
      >
        <p>It is never sent and its content is removed. This cannot be undone.</p>
      </ConfirmButton>
    </div>
  );
}
