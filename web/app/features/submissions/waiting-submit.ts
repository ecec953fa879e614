export interface WaitingSubmitKey {
  /** Learners share machines: nobody hands in for somebody else. */
  userKey: string;
  problemSlug: string;
  languageId: number;
}

const storageKey = ({ userKey, problemSlug, languageId }: WaitingSubmitKey) =>
  `waiting-submit:${userKey}:${problemSlug}:${languageId}`;

/** A page that was away for longer does not hand in by surprise when it comes back. */
const forgottenAfterMs = 60_000;

/** When the submission may be sent, in milliseconds since 1970; null for what is not such a time or long over. */
export const parseDueAt = (text: string | null, now: number): number | null => {
  const dueAt = Number(text ?? Number.NaN);
  return Number.isFinite(dueAt) && dueAt > 0 && dueAt > now - forgottenAfterMs ? dueAt : null;
};

/**
 * Remembers over a reload that a submission waits, in this tab only: two tabs must not send it twice. Where storage is
 * forbidden the wait lives as long as the page.
 */
export const createWaitingSubmits = (storage: () => Storage) => ({
  read: (key: WaitingSubmitKey, now: number): number | null => {
    try {
      return parseDueAt(storage().getItem(storageKey(key)), now);
    } catch {
      return null;
    }
  },
  write: (key: WaitingSubmitKey, dueAt: number): void => {
    try {
      storage().setItem(storageKey(key), String(dueAt));
    } catch {
      // See above.
    }
  },
  clear: (key: WaitingSubmitKey): void => {
    try {
      storage().removeItem(storageKey(key));
    } catch {
      // See above.
    }
  },
});
