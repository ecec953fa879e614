import { userEndpoint } from '../../http/endpoint.js';
import { draft, draftParams, draftSave } from './schema.js';
import type { DraftService } from './service.js';

const tag = 'Drafts';

/** Drafts. */
export const draftRoutes = ({ drafts }: { drafts: DraftService }) => ({
  read: userEndpoint(
    {
      summary: 'My draft; version 0 and an empty text when there is none',
      tag,
      limit: 'read',
      params: draftParams,
      responses: { 200: draft },
    },
    async ({ caller, params }) => ({
      status: 200,
      body: await drafts.read(caller, params.problemSlug, params.languageId),
    }),
  ),
  save: userEndpoint(
    {
      summary: 'Save my draft; 409 draft_conflict with both texts when the version is stale',
      tag,
      limit: 'write',
      params: draftParams,
      body: draftSave,
      responses: { 200: draft },
    },
    async ({ caller, params, body }) => ({ status: 200, body: await drafts.save(caller, params, body) }),
  ),
});
