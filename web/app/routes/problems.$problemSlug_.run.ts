import type { ActionFunctionArgs } from '@remix-run/node';
import { readProgramJson } from '~/features/problems/program-form.server';
import { createAllowanceRelay } from '~/features/runs/allowance';
import { runProgram } from '~/features/runs/api.server';
import { requireApi } from '~/lib/api-client.server';
import { outcomeResponse, settle } from '~/lib/outcome';

/** A trial run for the workspace's script. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { languageId, sourceCode, stdin } = await readProgramJson(request);
  const api = await settle(() => requireApi(request));
  if (!api.ok) return outcomeResponse(api);
  const problemSlug = params['problemSlug'] ?? '';
  const input = { problemSlug, languageId, sourceCode, stdin };
  const allowance = createAllowanceRelay();
  const outcome = await runProgram(api.value, input, request.signal, allowance.note);
  return outcomeResponse(outcome, allowance.fields());
}
