import { adminEndpoint, publicEndpoint } from '../../http/endpoint.js';
import { organizationSettings, registration, updateOrganizationRequest } from './schema.js';
import type { OrganizationService } from './service.js';

const tag = 'Administration';

/** Settings of the organization, and what of them somebody without an account needs. */
export const organizationRoutes = ({ organizations }: { organizations: OrganizationService }) => ({
  read: adminEndpoint(
    { summary: 'Settings of the organization', tag, responses: { 200: organizationSettings } },
    async ({ caller }) => ({ status: 200, body: await organizations.read(caller) }),
  ),
  update: adminEndpoint(
    {
      summary: 'Change settings of the organization; what is left out stays',
      tag,
      body: updateOrganizationRequest,
      responses: { 200: organizationSettings },
    },
    async ({ caller, body }) => ({ status: 200, body: await organizations.update(caller, body) }),
  ),
  registration: publicEndpoint(
    {
      summary: 'Who may register here',
      tag: 'Accounts',
      limit: 'public_read',
      responses: { 200: registration },
    },
    async () => ({ status: 200, body: { mode: await organizations.registrationMode() } }),
  ),
});
