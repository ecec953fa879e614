import { userEndpoint } from '../../http/endpoint.js';
import { dashboard } from './schema.js';
import type { DashboardService } from './service.js';

/** The dashboard. */
export const dashboardRoutes = ({ dashboards }: { dashboards: DashboardService }) => ({
  read: userEndpoint(
    {
      summary: 'My courses, what to do next, my latest submissions',
      tag: 'Learning',
      limit: 'read',
      responses: { 200: dashboard },
    },
    async ({ caller }) => ({ status: 200, body: await dashboards.read(caller) }),
  ),
});
