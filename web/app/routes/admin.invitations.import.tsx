import { importHeadings } from '@coding-platform/api/schema/invitations';
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useNavigation } from '@remix-run/react';
import { useEffect, useId, useRef } from 'react';
import { Alert } from '~/components/alert';
import { Button, ButtonLink } from '~/components/button';
import { FormMessage } from '~/components/form-message';
import { PageHeader } from '~/components/page-header';
import { PostForm } from '~/components/post-form';
import { requireAdministrator } from '~/features/admin/require-administrator.server';
import { importInvitees } from '~/features/invitations/api.server';
import { decodeList, type DecodedList } from '~/features/invitations/decode-list.server';
import { ImportTable, summaryOf } from '~/features/invitations/import-table';
import { requireApi } from '~/lib/api-client.server';
import type { FormState } from '~/lib/form-state';
import { readForm, refuse, refuseByProblem } from '~/lib/form.server';
import { pageTitle } from '~/lib/product';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdministrator(request);
  return null;
}

/** The list of a form: the file, where one was chosen, else what was pasted. */
async function listOf(form: FormData): Promise<DecodedList> {
  const file = form.get('file');
  if (file instanceof File && file.size > 0) return decodeList(new Uint8Array(await file.arrayBuffer()));
  const pasted = form.get('csv');
  return { text: typeof pasted === 'string' ? pasted : '', guessed: false };
}

export async function action({ request }: ActionFunctionArgs) {
  const api = await requireApi(request);
  const form = await readForm(request);
  const { text, guessed } = await listOf(form);
  const csv = text.trimEnd();
  if (csv.trim() === '') return refuse(form, { message: 'Paste a list or choose a file.' });
  try {
    const dryRun = form.get('intent') !== 'import';
    return data({ report: await importInvitees(api, { csv, dryRun }), csv, guessed });
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Invite a list') }];

const example = `email,name,role,course
ada@school.example,Ada Lovelace,student,introduction-to-programming
grace@school.example,Grace Hopper,instructor,`;

export default function ImportPage() {
  const answer = useActionData<typeof action>();
  const result = answer && 'report' in answer ? answer : null;
  const state = answer && 'values' in answer ? answer : undefined;
  return (
    <>
      <PageHeader
        title="Invite a list"
        kicker={
          <Link to="/admin/invitations" className="link">
            Invitations
          </Link>
        }
      >
        <p>First you see what would happen, row by row; nobody is invited before you say so.</p>
      </PageHeader>
      <div className="mt-6 space-y-8">
        {result ? (
          <Report {...result} />
        ) : (
          <ListForm message={state?.message ?? state?.errors['csv']} csv={state?.values['csv']} />
        )}
      </div>
    </>
  );
}

function ListForm({ message, csv }: { message: FormState['message'] | undefined; csv: string | undefined }) {
  const id = useId();
  const pending = useNavigation().state === 'submitting';
  return (
    <PostForm encType="multipart/form-data" className="max-w-2xl space-y-5">
      <FormMessage message={message} />
      <div>
        <label htmlFor={`${id}-csv`} className="mb-1.5 block font-medium">
          List
        </label>
        <textarea
          id={`${id}-csv`}
          name="csv"
          rows={8}
          spellCheck={false}
          placeholder={example}
          defaultValue={csv}
          aria-describedby={`${id}-hint`}
          className="block w-full rounded-md border border-line-strong bg-surface p-3 font-mono text-sm placeholder:text-muted"
        />
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-muted">
          One person a line: email, name, role (student, instructor or admin; empty is student) and the short
          name of a course. Rows copied from a spreadsheet work too. At most 5,000 rows.
        </p>
        <Headings />
      </div>
      <div>
        <label htmlFor={`${id}-file`} className="mb-1.5 block font-medium">
          Or a file (CSV)
        </label>
        <input
          id={`${id}-file`}
          type="file"
          name="file"
          accept=".csv,.txt,.tsv,text/csv"
          className="block w-full text-sm"
        />
      </div>
      <Button name="intent" value="look" pending={pending}>
        See what happens
      </Button>
    </PostForm>
  );
}

const columnNames: Record<keyof typeof importHeadings, string> = {
  email: 'Email',
  fullName: 'Name',
  givenName: 'First name',
  familyName: 'Last name',
  role: 'Role',
  course: 'Course',
};

/** The headings that are understood. */
function Headings() {
  return (
    <details className="mt-2 text-sm">
      <summary className="cursor-pointer text-muted">Accepted column headings</summary>
      <p className="mt-2">
        Columns may be in any order; other columns are ignored. Capital letters, accents and dashes do not
        matter.
      </p>
      <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[8rem_1fr]">
        {Object.entries(importHeadings).map(([column, names]) => (
          <div key={column} className="contents">
            <dt className="font-medium">{columnNames[column as keyof typeof importHeadings]}</dt>
            <dd className="text-muted">{names.join(', ')}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

type ReportProps = {
  report: Parameters<typeof ImportTable>[0]['report'];
  csv: string;
  guessed: boolean;
};

function Report({ report, csv, guessed }: ReportProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const pending = useNavigation().state === 'submitting';
  useEffect(() => heading.current?.focus(), [report]);
  const { invite } = report.counts;
  return (
    <section aria-labelledby="report" className="space-y-4">
      <h2 id="report" ref={heading} tabIndex={-1} className="text-xl">
        {summaryOf(report)}
      </h2>
      {guessed ? (
        <Alert tone="neutral" title="Check the accents">
          <p>
            The file is not Unicode and was read as Western European (Windows-1252). If a name is wrong, save
            the list as “CSV UTF-8” and choose it again.
          </p>
        </Alert>
      ) : null}
      {report.dryRun ? (
        <PostForm encType="multipart/form-data" className="flex flex-wrap gap-3">
          <textarea name="csv" hidden readOnly value={csv} />
          {invite > 0 ? (
            <Button name="intent" value="import" pending={pending}>
              Invite {invite.toLocaleString('en-GB')}
            </Button>
          ) : null}
          <ButtonLink look="secondary" to="/admin/invitations/import">
            Another list
          </ButtonLink>
        </PostForm>
      ) : (
        <Alert tone="good" title="Done">
          <p>
            The mails are on their way, if mail is set up here.{' '}
            <Link className="link" to="/admin/invitations">
              See the invitations
            </Link>
          </p>
        </Alert>
      )}
      <ImportTable report={report} />
    </section>
  );
}
