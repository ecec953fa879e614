import { describe, expect, test } from '@jest/globals';
import type { Draft } from '@coding-platform/api/schema/drafts';
import { isDirty, nextDraft, startDraft, type DraftEvent, type DraftState } from './draft-machine';

const starter = 'print()\n';
const draft = (version: number, sourceCode: string): Draft => ({
  problemSlug: 'sum',
  languageId: 71,
  sourceCode,
  version,
  updatedAt: version === 0 ? null : '2026-11-23T12:25:51.000Z',
});
const after = (state: DraftState, ...events: DraftEvent[]) => events.reduce(nextDraft, state);

describe('starting', () => {
  test('without a saved draft the starter code is there, and nothing is unsaved', () => {
    const state = startDraft(draft(0, ''), starter, null);
    expect(state).toMatchObject({ phase: 'saved', text: starter, version: 0, savedAt: null });
    expect(isDirty(state)).toBe(false);
  });

  test('text that this browser could not send is taken up again', () => {
    const state = startDraft(draft(3, 'a'), starter, { text: 'ab', version: 3 });
    expect(state).toMatchObject({ phase: 'waiting', text: 'ab', version: 3 });
  });

  test('text whose sending arrived after all is not unsaved', () => {
    expect(startDraft(draft(4, 'ab'), starter, { text: 'ab', version: 3 }).phase).toBe('saved');
  });

  test('text typed while an earlier one was on its way is no conflict with ourselves', () => {
    const state = startDraft(draft(4, 'ab'), starter, { text: 'abc', version: 3, sent: 'ab' });
    expect(state).toMatchObject({ phase: 'waiting', text: 'abc', version: 4 });
  });

  test('text made from an older version than the server has is a conflict', () => {
    const state = startDraft(draft(5, 'theirs'), starter, { text: 'mine', version: 3 });
    expect(state).toMatchObject({ phase: 'conflict', text: 'mine' });
    expect(state.theirs?.sourceCode).toBe('theirs');
  });
});

describe('a conflict', () => {
  const start = after(
    startDraft(draft(1, 'a'), starter, null),
    { type: 'edited', text: 'mine' },
    { type: 'send_started' },
    { type: 'send_conflicted', current: draft(2, 'theirs') },
  );

  test('keeps the learner’s text and shows the other', () => {
    expect(start).toMatchObject({ phase: 'conflict', text: 'mine', sending: null });
  });

  test('is over at once when both texts are the same', () => {
    const same = nextDraft(
      { ...start, phase: 'saving' },
      { type: 'send_conflicted', current: draft(2, 'mine') },
    );
    expect(same).toMatchObject({ phase: 'saved', version: 2, theirs: null });
  });

  test('keep mine: my text on top of their version', () => {
    const state = nextDraft(start, { type: 'kept_mine' });
    expect(state).toMatchObject({ phase: 'waiting', text: 'mine', version: 2, theirs: null });
  });

  test('take theirs: their text, nothing unsaved', () => {
    const state = nextDraft(start, { type: 'took_theirs' });
    expect(state).toMatchObject({ phase: 'saved', text: 'theirs', version: 2, theirs: null });
  });

  test('typing goes on in it without losing it', () => {
    const state = nextDraft(start, { type: 'edited', text: 'mine!' });
    expect(state).toMatchObject({ phase: 'conflict', text: 'mine!' });
  });
});

describe('a second tab', () => {
  test('that has nothing unsaved takes over what the other saved', () => {
    const state = nextDraft(startDraft(draft(1, 'a'), starter, null), {
      type: 'refreshed',
      current: draft(2, 'b'),
    });
    expect(state).toMatchObject({ phase: 'saved', text: 'b', version: 2 });
  });

  test('that has unsaved text asks', () => {
    const dirty = nextDraft(startDraft(draft(1, 'a'), starter, null), { type: 'edited', text: 'mine' });
    expect(nextDraft(dirty, { type: 'refreshed', current: draft(2, 'b') }).phase).toBe('conflict');
  });

  test('is left alone when the server has nothing newer', () => {
    const state = startDraft(draft(2, 'b'), starter, null);
    expect(nextDraft(state, { type: 'refreshed', current: draft(2, 'b') })).toBe(state);
  });
});

test('text typed while a sending is on its way is unsaved afterwards', () => {
  const state = after(
    startDraft(draft(0, ''), starter, null),
    { type: 'edited', text: 'a' },
    { type: 'send_started' },
    { type: 'edited', text: 'ab' },
    { type: 'send_succeeded', draft: draft(1, 'a') },
  );
  expect(state).toMatchObject({ phase: 'waiting', text: 'ab', savedText: 'a', version: 1 });
});

test('the message of a lost connection stays while typing, and goes when nothing is unsaved', () => {
  const offline = after(
    startDraft(draft(0, ''), starter, null),
    { type: 'edited', text: 'a' },
    { type: 'send_started' },
    { type: 'send_failed', reason: 'offline' },
  );
  expect(nextDraft(offline, { type: 'edited', text: 'ab' }).phase).toBe('offline');
  expect(nextDraft(offline, { type: 'edited', text: starter }).phase).toBe('saved');
});
