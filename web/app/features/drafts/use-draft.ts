import type { Draft } from '@coding-platform/api/schema/drafts';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createDraftKeeper, type DraftKeeper } from './draft-keeper';
import { isDirty, startDraft } from './draft-machine';
import { draftPath, fetchDraft, sendDraft } from './draft-transport';
import { createLocalDrafts } from './local-drafts';

export interface UseDraftOptions {
  userKey: string;
  problemSlug: string;
  maxBytes: number;
  starterCode: (languageId: number) => string;
  /** What the server rendered the page with. */
  initial: {
    languageId: number;
    draft: Draft;
    /** Instead of the draft: restored or posted code. */ text: string | null;
  };
}

const makeKeeper = (options: UseDraftOptions, languageId: number, draft: Draft, inBrowser: boolean) => {
  const url = draftPath(options.problemSlug, languageId);
  const local = createLocalDrafts(() => localStorage, {
    userId: options.userKey,
    problemSlug: options.problemSlug,
    languageId,
  });
  return createDraftKeeper({
    initial: startDraft(draft, options.starterCode(languageId), inBrowser ? local.read() : null),
    maxBytes: options.maxBytes,
    save: (body, leaving) => sendDraft(url, body, leaving),
    load: () => fetchDraft(url),
    local,
  });
};

/** Saves when the page is left, hidden or back online; looks for newer drafts when it is looked at again. */
const useSavingMoments = (keeper: DraftKeeper) => {
  useEffect(() => {
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') keeper.flush();
      else void keeper.refresh();
    };
    const onOnline = () => keeper.flush();
    const onPageHide = () => keeper.leave();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', onOnline);
    window.addEventListener('pagehide', onPageHide);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onOnline);
      window.removeEventListener('pagehide', onPageHide);
    };
  }, [keeper]);
};

/** The draft of one problem, one language at a time; each language has its own. */
export const useDraft = (options: UseDraftOptions) => {
  const { initial } = options;
  const [languageId, setLanguageId] = useState(initial.languageId);
  const [keeper, setKeeper] = useState(() => makeKeeper(options, initial.languageId, initial.draft, false));
  const [loading, setLoading] = useState(false);
  const current = useRef(keeper);
  const latest = useRef(options);
  const wanted = useRef(initial.languageId);
  const state = useSyncExternalStore(keeper.subscribe, keeper.getState, keeper.getState);

  const replaceKeeper = useCallback((next: DraftKeeper) => {
    current.current.leave();
    current.current.stop();
    current.current = next;
    setKeeper(next);
  }, []);

  useEffect(() => {
    // What this browser kept can be read only now: the server did not know it.
    const { draft, text, languageId: id } = latest.current.initial;
    const early = current.current.getState();
    const next = makeKeeper(latest.current, id, draft, true);
    current.current.stop();
    current.current = next;
    setKeeper(next);
    if (isDirty(early)) next.edit(early.text);
    else if (text !== null) next.edit(text);
    return () => {
      current.current.leave();
      current.current.stop();
    };
  }, []);

  useSavingMoments(keeper);

  const selectLanguage = useCallback(
    async (id: number, instead?: { text: string; onReplaced: (before: string) => void }) => {
      wanted.current = id;
      setLanguageId(id);
      setLoading(true);
      const { problemSlug } = latest.current;
      const draft = await fetchDraft(draftPath(problemSlug, id));
      if (wanted.current !== id) return;
      // Without connection the starter code or what is kept here; a draft on the server is then found when saving.
      const unknown: Draft = { problemSlug, languageId: id, sourceCode: '', version: 0, updatedAt: null };
      const next = makeKeeper(latest.current, id, draft ?? unknown, true);
      replaceKeeper(next);
      setLoading(false);
      if (!instead) return;
      instead.onReplaced(next.getState().text);
      next.edit(instead.text);
    },
    [replaceKeeper],
  );

  return { languageId, state, loading, keeper, selectLanguage };
};
