import type { ActionFunctionArgs } from '@remix-run/node';
import { readProgramJson } from '~/features/problems/program-form.server';
import { createAllowanceRelay } from '~/features/runs/allowance';
import { runProgram } from '~/features/runs/api.server';
import { answerRunStream } from '~/features/runs/run-stream.server';
import { requireApi } from '~/lib/api-client.server';
import { outcomeResponse, settle } from '~/lib/outcome';

/** A trial run for the workspace's script: its steps as events, for who asks for them, or one answer. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { languageId, sourceCode, stdin } = await readProgramJson(request);
  const api = await settle(() => requireApi(request));
  if (!api.ok) return outcomeResponse(api);
  const problemSlug = params['problemSlug'] ?? '';
  const input = { problemSlug, languageId, sourceCode, stdin };
  const allowance = createAllowanceRelay();
  const onHeaders = allowance.note;
  if (request.headers.get('Accept')?.includes('text/event-stream')) {
    return answerRunStream({
      request,
      work: (onStep, gone) => runProgram(api.value, input, { gone, onHeaders, onStep }),
      headers: allowance.fields,
      onBug: (error) => context.log.error({ err: error }, 'A run could not be followed'),
    });
  }
  const outcome = await runProgram(api.value, input, { gone: request.signal, onHeaders });
  return outcomeResponse(outcome, allowance.fields());
}
