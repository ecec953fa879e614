import { createHash } from 'node:crypto';
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData, type ShouldRevalidateFunctionArgs } from '@remix-run/react';
import { loadDraft, saveDraft } from '~/features/drafts/api.server';
import { loadProblem } from '~/features/problems/api.server';
import { chooseLanguage } from '~/features/problems/choose-language';
import { readProgramForm, type ProgramForm } from '~/features/problems/program-form.server';
import { runProgram } from '~/features/runs/api.server';
import { loadHistory, loadSubmission, submitProgram } from '~/features/submissions/api.server';
import { requireApi, type ApiClient } from '~/lib/api-client.server';
import { renderMarkdown } from '~/lib/markdown.server';
import { failureStatus, settle } from '~/lib/outcome';
import { pageTitle } from '~/lib/product';
import type { RouteHandle } from '~/lib/route-handle';
import { requireSession } from '~/lib/session.server';
import type { Posted } from './problems/use-workspace';
import { WorkspacePage } from './problems/workspace-page';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export const handle: RouteHandle = { layout: 'workspace' };

/** The code of an earlier submission that the address asks to put into the editor. */
const loadRestored = async (api: ApiClient, request: Request, problemSlug: string) => {
  const id = new URL(request.url).searchParams.get('restore');
  if (!id) return null;
  const submission = await loadSubmission(api, id);
  return submission.problemSlug === problemSlug ? submission : null;
};

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  const api = await requireApi(request);
  const slug = params['problemSlug'] ?? '';
  const [problem, history, restored] = await Promise.all([
    loadProblem(api, slug),
    loadHistory(api, slug),
    loadRestored(api, request, slug),
  ]);
  const language = chooseLanguage(problem.languages, {
    asked: restored ? String(restored.languageId) : new URL(request.url).searchParams.get('language'),
    submitted: history.submissions[0]?.languageId,
    cookieHeader: request.headers.get('Cookie'),
  });
  const [statementHtml, draft] = await Promise.all([
    renderMarkdown(problem.statement),
    language ? loadDraft(api, slug, language.id) : null,
  ]);
  return {
    problem,
    statementHtml,
    history,
    languageId: language?.id ?? 0,
    draft,
    restored: restored && { id: restored.id, sourceCode: restored.sourceCode },
    // Names the person's drafts in this browser without writing the address into its storage.
    userKey: createHash('sha256').update(user.email).digest('hex').slice(0, 16),
  };
}

/** Without script every press of a button brings the code along: it is saved, whatever else happens. */
const saveOnTheWay = async (api: ApiClient, problemSlug: string, form: ProgramForm) => {
  const { languageId, sourceCode, draftVersion: version } = form;
  const saved = await settle(() => saveDraft(api, problemSlug, languageId, { sourceCode, version }));
  if (!saved.ok) return { draft: null, failure: saved.failure };
  const answer = saved.value;
  return { draft: answer.kind === 'saved' ? answer.draft : null, failure: null };
};

export async function action({ request, params }: ActionFunctionArgs) {
  const api = await requireApi(request);
  const problemSlug = params['problemSlug'] ?? '';
  const form = await readProgramForm(request);
  const { languageId, sourceCode, stdin, intent } = form;
  const saved = await saveOnTheWay(api, problemSlug, form);
  if (intent === 'switch') return redirect(`/problems/${problemSlug}?language=${languageId}`);

  const posted: Posted = {
    languageId,
    sourceCode,
    stdin,
    draft: saved.draft,
    run: null,
    failure: saved.failure,
  };
  if (intent === 'save') return data(posted, { status: saved.failure ? failureStatus(saved.failure) : 200 });
  if (intent === 'run') {
    const run = await runProgram(
      api,
      { problemSlug, languageId, sourceCode, stdin },
      { gone: request.signal },
    );
    return data({ ...posted, run, failure: null }, { status: run.ok ? 200 : failureStatus(run.failure) });
  }
  const submitted = await settle(() => submitProgram(api, { problemSlug, languageId, sourceCode }));
  if (submitted.ok) return redirect(`/submissions/${submitted.value.id}`);
  return data({ ...posted, failure: submitted.failure }, { status: failureStatus(submitted.failure) });
}

/** The editor holds the newest text: only another problem is a reason to load again. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) {
  return currentUrl.pathname !== nextUrl.pathname || currentUrl.search !== nextUrl.search;
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded?.problem.title ?? 'Problem') },
];

export default function ProblemPage() {
  const loaded = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const key = `${loaded.problem.slug} ${loaded.restored?.id ?? ''}`;
  return <WorkspacePage key={key} {...loaded} posted={posted} />;
}
