import { dashboard, type Dashboard } from '@coding-platform/api/schema/dashboard';
import type { ApiClient } from '~/lib/api-client.server';

/** The signed-in user's courses, what to do next and the newest submissions. Throws ApiProblem. */
export function loadDashboard(api: ApiClient): Promise<Dashboard> {
  return api.get('/api/dashboard', dashboard);
}
