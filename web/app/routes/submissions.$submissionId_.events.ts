import type { LoaderFunctionArgs } from '@remix-run/node';
import { openEvents } from '~/features/submissions/api.server';
import { relayEvents } from '~/features/submissions/event-relay.server';
import { requireApi } from '~/lib/api-client.server';
import { outcomeResponse, settle } from '~/lib/outcome';

/** A submission's life as server-sent events: the api's stream, asked for with the session's token. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const relayed = await settle(async () => {
    const api = await requireApi(request);
    return relayEvents(request, (signal) => openEvents(api, params['submissionId'] ?? '', signal));
  });
  return relayed.ok ? relayed.value : outcomeResponse(relayed);
}
