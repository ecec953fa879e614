import type { LoaderFunctionArgs } from '@remix-run/node';
import { loadProblem } from '~/features/problems/api.server';
import { requireApi } from '~/lib/api-client.server';
import { outcomeResponse, settle } from '~/lib/outcome';

/** The learner's progress on a problem and its lesson, for the workspace's script. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  return outcomeResponse(
    await settle(async () => {
      const { state, bestScore, siblings } = await loadProblem(
        await requireApi(request),
        params['problemSlug'] ?? '',
      );
      return { state, bestScore, siblings };
    }),
  );
}
