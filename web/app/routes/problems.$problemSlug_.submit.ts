import type { ActionFunctionArgs } from '@remix-run/node';
import { readProgramJson } from '~/features/problems/program-form.server';
import { createAllowanceRelay } from '~/features/runs/allowance';
import { submitProgram } from '~/features/submissions/api.server';
import { requireApi } from '~/lib/api-client.server';
import { outcomeResponse, settle } from '~/lib/outcome';

/** A submission for the workspace's script. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { languageId, sourceCode } = await readProgramJson(request);
  const problemSlug = params['problemSlug'] ?? '';
  const allowance = createAllowanceRelay();
  const outcome = await settle(async () =>
    submitProgram(await requireApi(request), { problemSlug, languageId, sourceCode }, allowance.note),
  );
  return outcomeResponse(outcome, allowance.fields());
}
