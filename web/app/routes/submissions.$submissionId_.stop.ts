import type { ActionFunctionArgs } from '@remix-run/node';
import { stopSubmission } from '~/features/submissions/api.server';
import { requireApi } from '~/lib/api-client.server';
import { outcomeResponse, settle } from '~/lib/outcome';

/** Stops a submission for the page's script. */
export async function action({ request, params }: ActionFunctionArgs) {
  return outcomeResponse(
    await settle(async () => stopSubmission(await requireApi(request), params['submissionId'] ?? '')),
  );
}
