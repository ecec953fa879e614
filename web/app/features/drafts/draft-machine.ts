import type { Draft } from '@coding-platform/api/schema/drafts';

/**
 * `waiting`: typed, not sent yet. `offline` and `failed` are sent again later by themselves; `conflict` waits for the
 * learner; `signed_out` and `too_large` wait for a change. In all of them the text is kept in this browser.
 */
export type DraftPhase =
  'saved' | 'waiting' | 'saving' | 'offline' | 'failed' | 'conflict' | 'signed_out' | 'too_large';

export interface DraftState {
  phase: DraftPhase;
  text: string;
  /** What the server has in `version`. Version 0 is the starter code: nothing was ever saved. */
  savedText: string;
  version: number;
  /** When the server saved `savedText`, ISO; null for the starter code. */
  savedAt: string | null;
  /** The text on its way to the server. */
  sending: string | null;
  /** What the server has instead, while the phase is `conflict`. */
  theirs: Draft | null;
}

export type DraftEvent =
  | { type: 'edited'; text: string }
  | { type: 'send_started' }
  | { type: 'send_succeeded'; draft: Draft }
  | { type: 'send_conflicted'; current: Draft }
  | { type: 'send_failed'; reason: 'offline' | 'failed' | 'signed_out' | 'too_large' }
  | { type: 'refreshed'; current: Draft }
  | { type: 'kept_mine' }
  | { type: 'took_theirs' };

/** The text of this browser that never reached the server, and the version it was made from. */
export interface LocalDraft {
  text: string;
  version: number;
  /** What was on its way when the page went: whether it arrived is only known from the server's draft. */
  sent?: string | undefined;
}

const fromServer = (draft: Draft, starterCode: string) => ({
  text: draft.version === 0 ? starterCode : draft.sourceCode,
  version: draft.version,
  savedAt: draft.updatedAt,
});

/** The state to start from: the server's draft, and what this browser kept when it could not send it. */
export const startDraft = (server: Draft, starterCode: string, local: LocalDraft | null): DraftState => {
  const { text, version, savedAt } = fromServer(server, starterCode);
  const clean: DraftState = {
    phase: 'saved',
    text,
    savedText: text,
    version,
    savedAt,
    sending: null,
    theirs: null,
  };
  if (!local || local.text === text) return clean;
  if (local.version === version || local.sent === text)
    return { ...clean, phase: 'waiting', text: local.text };
  return { ...clean, phase: 'conflict', text: local.text, version: local.version, theirs: server };
};

/** Whether the text differs from what the server has. */
export const isDirty = (state: DraftState): boolean => state.text !== state.savedText;

/** Whether the text may be sent now. */
export const canSend = (state: DraftState): boolean =>
  isDirty(state) && state.sending === null && state.phase !== 'conflict';

const settle = (state: DraftState): DraftState => ({ ...state, phase: isDirty(state) ? 'waiting' : 'saved' });

const edit = (state: DraftState, text: string): DraftState => {
  if (text === state.text) return state;
  const next = { ...state, text };
  if (state.phase === 'conflict' || state.phase === 'saving') return next;
  // Still offline or signed out after one more letter: the message stays until a sending says otherwise.
  if ((state.phase === 'offline' || state.phase === 'signed_out') && isDirty(next)) return next;
  return settle(next);
};

const adopt = (state: DraftState, draft: Draft): DraftState => ({
  ...state,
  savedText: draft.sourceCode,
  version: draft.version,
  savedAt: draft.updatedAt,
  sending: null,
  theirs: null,
});

const conflict = (state: DraftState, current: Draft): DraftState => {
  // Another tab saved the very same text: nothing to decide.
  if (current.sourceCode === state.text) return settle(adopt(state, current));
  return { ...state, phase: 'conflict', sending: null, theirs: current };
};

const refresh = (state: DraftState, current: Draft): DraftState => {
  if (state.sending !== null || current.version <= state.version) return state;
  if (isDirty(state)) return conflict(state, current);
  return { ...adopt(state, current), text: current.sourceCode, phase: 'saved' };
};

/** The next state. Pure: what to send and when is the keeper's (draft-keeper.ts). */
export const nextDraft = (state: DraftState, event: DraftEvent): DraftState => {
  switch (event.type) {
    case 'edited':
      return edit(state, event.text);
    case 'send_started':
      return { ...state, phase: 'saving', sending: state.text };
    case 'send_succeeded':
      return settle(adopt(state, event.draft));
    case 'send_conflicted':
      return conflict(state, event.current);
    case 'send_failed':
      return { ...state, phase: event.reason, sending: null };
    case 'refreshed':
      return refresh(state, event.current);
    case 'kept_mine':
      return state.theirs ? settle(adopt(state, state.theirs)) : state;
    case 'took_theirs':
      return state.theirs
        ? { ...adopt(state, state.theirs), text: state.theirs.sourceCode, phase: 'saved' }
        : state;
  }
};
