import type { Caller } from '../../lib/caller.js';
import { languageOf } from '../../judge/languages.js';
import { AppError, found } from '../../lib/app-error.js';
import type { Supabase } from '../../lib/supabase.js';
import { saveDraft, selectOptionalDraft } from './repository.js';
import type { Draft, DraftConflict } from './schema.js';

/** Drafts: one text per person, problem and language, with a version that guards against overwriting. */
export const createDraftService = ({ supabase }: { supabase: Supabase }) => {
  const load = async (caller: Caller, problemSlug: string, languageId: number) => {
    const client = supabase.forUser(caller.accessToken);
    const loaded = found(await selectOptionalDraft(client, problemSlug, languageId), 'problem');
    if (!loaded.languageIds.includes(languageId)) {
      throw new AppError(
        'language_not_allowed',
        `${languageOf(languageId).name} is not allowed for this problem.`,
      );
    }
    return { client, ...loaded };
  };

  return {
    read: async (caller: Caller, problemSlug: string, languageId: number): Promise<Draft> =>
      (await load(caller, problemSlug, languageId)).draft,

    /** Saves a text made from `version`. Throws draft_conflict with both texts when there is a newer one. */
    save: async (
      caller: Caller,
      target: { problemSlug: string; languageId: number },
      sent: { sourceCode: string; version: number },
    ): Promise<Draft> => {
      const { client, key, draft } = await load(caller, target.problemSlug, target.languageId);
      if (draft.sourceCode === sent.sourceCode && draft.version > 0) return draft;
      const saved =
        draft.version === sent.version ? await saveDraft(client, key, sent.sourceCode, sent.version) : null;
      if (saved) return saved;
      const current =
        draft.version === sent.version
          ? (await load(caller, target.problemSlug, target.languageId)).draft
          : draft;
      // Two windows saved the same text at once: both have what they wanted.
      if (current.sourceCode === sent.sourceCode) return current;
      throw new AppError(
        'draft_conflict',
        'This draft was changed in another window or on another machine.',
        {
          members: { current, sent } satisfies DraftConflict,
        },
      );
    },
  };
};

export type DraftService = ReturnType<typeof createDraftService>;
