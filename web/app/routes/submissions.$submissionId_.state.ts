import type { LoaderFunctionArgs } from '@remix-run/node';
import { loadSubmission } from '~/features/submissions/api.server';
import { requireApi } from '~/lib/api-client.server';
import { outcomeResponse, settle } from '~/lib/outcome';

/** A submission as it stands now, for scripts that cannot get its events. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  return outcomeResponse(
    await settle(async () => loadSubmission(await requireApi(request), params['submissionId'] ?? '')),
  );
}
