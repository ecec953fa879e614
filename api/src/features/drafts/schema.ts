import { z } from 'zod';
import { slug } from '../problems/schema.js';
import { sourceText } from '../submissions/schema.js';

export const draftParams = z.object({
  problemSlug: slug,
  languageId: z.coerce.number().int().min(0).max(2_147_483_647),
});

export const draft = z
  .object({
    problemSlug: z.string(),
    languageId: z.number().int(),
    sourceCode: z.string(),
    version: z.number().int().meta({ description: '0 when nothing has been saved yet.' }),
    updatedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Draft' });
export type Draft = z.infer<typeof draft>;

export const draftSave = z
  .object({
    sourceCode: sourceText,
    version: z.number().int().min(0).meta({ description: 'The version that this text was made from.' }),
  })
  .meta({ id: 'DraftSave' });

/** In the 409 `draft_conflict` answer: what the server has, and what was sent. */
export const draftConflict = z.object({ current: draft, sent: draftSave }).meta({ id: 'DraftConflict' });
export type DraftConflict = z.infer<typeof draftConflict>;
