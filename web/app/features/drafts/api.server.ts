import { draft, draftConflict, type Draft } from '@coding-platform/api/schema/drafts';
import type { ApiClient } from '~/lib/api-client.server';
import { ApiProblem } from '~/lib/api-problem';
import type { SaveAnswer } from './draft-keeper';

const path = (problemSlug: string, languageId: number) =>
  `/api/drafts/${encodeURIComponent(problemSlug)}/${languageId}`;

/** The learner's draft; version 0 and an empty text when there is none. Throws ApiProblem. */
export const loadDraft = (api: ApiClient, problemSlug: string, languageId: number): Promise<Draft> =>
  api.get(path(problemSlug, languageId), draft);

/** Saves a text made from `version`. A newer draft on the server is an answer; other refusals throw ApiProblem. */
export const saveDraft = async (
  api: ApiClient,
  problemSlug: string,
  languageId: number,
  body: { sourceCode: string; version: number },
): Promise<SaveAnswer> => {
  try {
    return { kind: 'saved', draft: await api.put(path(problemSlug, languageId), body, draft) };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'draft_conflict') throw error;
    return { kind: 'conflict', current: draftConflict.parse(error.data).current };
  }
};
