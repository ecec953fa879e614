import { dataOf, optionalIsoTime, type Client } from '../../lib/supabase.js';
import { storingRefusal } from '../../lib/storing-refusals.js';
import type { Draft } from './schema.js';

const columns = 'source_code, version, updated_at';

interface DraftRow {
  source_code: string;
  version: number;
  updated_at: string;
}

interface Key {
  problemId: string;
  problemSlug: string;
  languageId: number;
}

const toDraft = (key: Key, row: DraftRow | undefined): Draft => ({
  problemSlug: key.problemSlug,
  languageId: key.languageId,
  sourceCode: row?.source_code ?? '',
  version: row?.version ?? 0,
  updatedAt: optionalIsoTime(row?.updated_at ?? null),
});

/** The caller's draft (version 0 when there is none) with the problem's id and languages; null without the problem. */
export const selectOptionalDraft = async (client: Client, problemSlug: string, languageId: number) => {
  const row = await dataOf<{ id: string; language_ids: number[]; drafts: DraftRow[] } | null>(
    client
      .from('problems')
      .select(`id, language_ids, drafts(${columns})`)
      .eq('slug', problemSlug)
      .eq('drafts.language_id', languageId)
      .maybeSingle(),
  );
  if (!row) return null;
  const key: Key = { problemId: row.id, problemSlug, languageId };
  return { key, languageIds: row.language_ids, draft: toDraft(key, row.drafts[0]) };
};

/**
 * Saves over exactly this version; null when the stored one is another by now. Throws language_not_allowed, not_found and
 * source_quota_exceeded.
 */
export const saveDraft = async (
  client: Client,
  key: Key,
  sourceCode: string,
  version: number,
): Promise<Draft | null> => {
  const answer = await client.rpc('save_draft', {
    problem: key.problemId,
    language: key.languageId,
    source: sourceCode,
    known_version: version,
  });
  const refusal = storingRefusal(answer.error);
  if (refusal) throw refusal;
  const [row] = await dataOf<DraftRow[]>(Promise.resolve(answer));
  return row ? toDraft(key, row) : null;
};
