import { AppError } from '../../lib/app-error.js';
import { dataOf, optionalIsoTime, type Client } from '../../lib/supabase.js';
import type { Draft } from './schema.js';

const columns = 'source_code, version, updated_at';
const uniqueViolation = '23505';

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

/** Saves over exactly this version; null when the stored one is another by now. */
export const saveDraft = async (
  client: Client,
  key: Key,
  sourceCode: string,
  version: number,
): Promise<Draft | null> => {
  if (version === 0) {
    const { data, error, status } = await client
      .from('drafts')
      .insert({ problem_id: key.problemId, language_id: key.languageId, source_code: sourceCode, version: 1 })
      .select(columns);
    if (error?.code === uniqueViolation) return null;
    const rows = await dataOf<DraftRow[]>(Promise.resolve({ data, error, status }));
    if (!rows[0]) throw new AppError('forbidden', 'This draft cannot be stored.');
    return toDraft(key, rows[0]);
  }
  const rows = await dataOf<DraftRow[]>(
    client
      .from('drafts')
      .update({ source_code: sourceCode, version: version + 1 })
      .eq('problem_id', key.problemId)
      .eq('language_id', key.languageId)
      .eq('version', version)
      .select(columns),
  );
  return rows[0] ? toDraft(key, rows[0]) : null;
};
