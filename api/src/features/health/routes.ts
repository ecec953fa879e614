import { optionalEndpoint, publicEndpoint } from '../../http/endpoint.js';
import { health as healthSchema, readiness } from './schema.js';
import type { HealthService } from './service.js';

const tag = 'Operation';

/** Health. */
export const healthRoutes = ({ health }: { health: HealthService }) => ({
  health: optionalEndpoint(
    {
      summary: 'Whether the parts answer; 503 when one does not. Administrators are told why and since when',
      tag,
      limit: 'none',
      responses: { 200: healthSchema, 503: healthSchema },
    },
    async ({ caller }) => {
      const body = await health.health(caller?.role === 'admin');
      return { status: body.status === 'healthy' ? 200 : 503, body };
    },
  ),
  ready: publicEndpoint(
    {
      summary: 'Whether this process can serve; 503 while it starts or stops, or when migrations are missing',
      tag,
      limit: 'none',
      responses: { 200: readiness, 503: readiness },
    },
    async () => {
      const reason = await health.notReadyReason();
      return {
        status: reason ? 503 : 200,
        body: {
          ready: reason === null,
          timestamp: new Date().toISOString(),
          reason,
          warning: health.readyWarning(),
        },
      };
    },
  ),
});
