import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { loadDraft, saveDraft } from '~/features/drafts/api.server';
import { readDraftJson } from '~/features/drafts/draft-body.server';
import { requireApi } from '~/lib/api-client.server';
import { outcomeResponse, settle } from '~/lib/outcome';

const target = (params: LoaderFunctionArgs['params']): [string, number] => [
  params['problemSlug'] ?? '',
  Number(params['languageId']),
];

/** The learner's draft in one language, for the workspace's script. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  return outcomeResponse(await settle(async () => loadDraft(await requireApi(request), ...target(params))));
}

/** Saves the draft. A conflict is an answer with the other text, not a failure. */
export async function action({ request, params }: ActionFunctionArgs) {
  const body = await readDraftJson(request);
  return outcomeResponse(
    await settle(async () => saveDraft(await requireApi(request), ...target(params), body)),
  );
}
