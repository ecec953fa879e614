import { publicEndpoint } from '../../http/endpoint.js';
import { health as healthSchema, readiness } from './schema.js';
import type { HealthService } from './service.js';

const tag = 'Operation';

/** Health. */
export const healthRoutes = ({ health }: { health: HealthService }) => ({
  health: publicEndpoint(
    {
      summary: 'Whether the parts answer; 503 when one does not',
      tag,
      limit: 'none',
      responses: { 200: healthSchema, 503: healthSchema },
    },
    async () => {
      const body = await health.health();
      return { status: body.status === 'healthy' ? 200 : 503, body };
    },
  ),
  ready: publicEndpoint(
    {
      summary: 'Whether this process can serve; 503 while it starts or stops',
      tag,
      limit: 'none',
      responses: { 200: readiness, 503: readiness },
    },
    async () => {
      const reason = await health.notReadyReason();
      return { status: reason ? 503 : 200, body: { ready: reason === null, reason } };
    },
  ),
});
