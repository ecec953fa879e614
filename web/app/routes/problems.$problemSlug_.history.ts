import type { LoaderFunctionArgs } from '@remix-run/node';
import { loadHistory } from '~/features/submissions/api.server';
import { requireApi } from '~/lib/api-client.server';
import { outcomeResponse, settle } from '~/lib/outcome';

/** The learner's submissions of one problem, for the workspace's script. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const before = new URL(request.url).searchParams.get('before') ?? undefined;
  return outcomeResponse(
    await settle(async () => loadHistory(await requireApi(request), params['problemSlug'] ?? '', before)),
  );
}
