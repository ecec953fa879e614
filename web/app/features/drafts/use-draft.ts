import type { Draft } from '@coding-platform/api/schema/drafts';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createDraftKeeper, type DraftKeeper } from './draft-keeper';
import { isDirty, nextDraft, startDraft } from './draft-machine';
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
    /** Instead of the draft: code that was restored or sent by the form. */
    text: string | null;
  };
  /** `initial.text` took the place of this. */
  onReplaced: (before: string) => void;
}

const localDrafts = ({ userKey, problemSlug }: UseDraftOptions, languageId: number) =>
  createLocalDrafts(() => localStorage, { userId: userKey, problemSlug, languageId });

const makeKeeper = (options: UseDraftOptions, languageId: number, initial: ReturnType<typeof startDraft>) => {
  const url = draftPath(options.problemSlug, languageId);
  return createDraftKeeper({
    initial,
    maxBytes: options.maxBytes,
    save: (body, leaving) => sendDraft(url, body, leaving),
    load: () => fetchDraft(url),
    local: localDrafts(options, languageId),
  });
};

/** For the first rendering, on the server, too: without what this browser keeps, and it sends nothing. */
const makeFirstKeeper = (options: UseDraftOptions) => {
  const { languageId, draft, text } = options.initial;
  const saved = startDraft(draft, options.starterCode(languageId), null);
  const initial = text === null ? saved : nextDraft(saved, { type: 'edited', text });
  return makeKeeper(options, languageId, initial);
};

const makeBrowserKeeper = (options: UseDraftOptions, languageId: number, draft: Draft) => {
  const local = localDrafts(options, languageId).read();
  return makeKeeper(options, languageId, startDraft(draft, options.starterCode(languageId), local));
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
  const [languageId, setLanguageId] = useState(options.initial.languageId);
  const [keeper, setKeeper] = useState(() => makeFirstKeeper(options));
  const [loading, setLoading] = useState(false);
  const current = useRef(keeper);
  const latest = useRef(options);
  const wanted = useRef(languageId);
  const state = useSyncExternalStore(keeper.subscribe, keeper.getState, keeper.getState);
  useEffect(() => {
    latest.current = options;
  });

  const use = useCallback((next: DraftKeeper) => {
    current.current = next;
    setKeeper(next);
    next.start();
  }, []);

  useEffect(() => {
    // What this browser kept can be read only now: the server did not know it.
    const { languageId: id, draft, text } = latest.current.initial;
    const first = current.current.getState();
    const next = makeBrowserKeeper(latest.current, id, draft);
    current.current.stop();
    use(next);
    if (text !== null) latest.current.onReplaced(next.getState().text);
    if (isDirty(first)) next.edit(first.text);
    return () => {
      current.current.leave();
      current.current.stop();
    };
  }, [use]);

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
      current.current.leave();
      current.current.stop();
      const next = makeBrowserKeeper(latest.current, id, draft ?? unknown);
      use(next);
      setLoading(false);
      if (!instead) return;
      instead.onReplaced(next.getState().text);
      next.edit(instead.text);
    },
    [use],
  );

  return { languageId, state, loading, keeper, selectLanguage };
};
