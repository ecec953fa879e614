import type { LocalDraft } from './draft-machine';

export interface LocalDraftKey {
  /** Pupils share machines: one must never be offered another's code. */
  userId: string;
  problemSlug: string;
  languageId: number;
}

const storageKey = ({ userId, problemSlug, languageId }: LocalDraftKey) =>
  `draft:${userId}:${problemSlug}:${languageId}`;

const parse = (json: string | null): LocalDraft | null => {
  if (json === null) return null;
  try {
    const value = JSON.parse(json) as Partial<LocalDraft> | null;
    return typeof value?.text === 'string' && typeof value.version === 'number'
      ? {
          text: value.text,
          version: value.version,
          sent: typeof value.sent === 'string' ? value.sent : undefined,
        }
      : null;
  } catch {
    return null;
  }
};

/**
 * Unsaved text in this browser's storage. Storage that is full or forbidden is no error: the draft then lives in the
 * page and on the server only.
 */
export const createLocalDrafts = (storage: () => Storage, key: LocalDraftKey) => ({
  read: (): LocalDraft | null => {
    try {
      return parse(storage().getItem(storageKey(key)));
    } catch {
      return null;
    }
  },
  write: (draft: LocalDraft): void => {
    try {
      storage().setItem(storageKey(key), JSON.stringify(draft));
    } catch {
      // See above.
    }
  },
  /** Forgets this text once it is saved; what another tab keeps under the same key stays. */
  clear: (text: string): void => {
    try {
      const kept = parse(storage().getItem(storageKey(key)));
      if (kept === null || kept.text === text) storage().removeItem(storageKey(key));
    } catch {
      // See above.
    }
  },
});
