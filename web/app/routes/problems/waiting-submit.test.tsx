/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { Outcome } from '~/lib/outcome';
import { workspaceElement } from './workspace-fixture';

configure({ asyncUtilTimeout: 60_000 });
jest.setTimeout(120_000);
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
HTMLDialogElement.prototype.showModal = function showModal() {
  this.setAttribute('open', '');
};
HTMLDialogElement.prototype.close = function close() {
  this.removeAttribute('open');
};

class SilentSource extends EventTarget {
  close() {}
}

interface Answer {
  outcome: Outcome<unknown>;
  /** How many are left, and the seconds until the next; not counted when missing. */
  left?: [number, number];
}

let submitted: Record<string, unknown>[] = [];
let runs = 0;
const answers: { run: Answer; submit: Answer[] } = { run: { outcome: { ok: true, value: {} } }, submit: [] };
const realFetch = globalThis.fetch;

const respond = ({ outcome, left }: Answer) =>
  Response.json(outcome, {
    headers: left
      ? {
          'RateLimit-Policy': '"execution";q=10;w=60',
          RateLimit: `"execution";r=${left[0]};t=${left[1]}`,
        }
      : {},
  });
const taken: Answer = { outcome: { ok: true, value: { id: 's1' } }, left: [0, 6] };
const tooMany = (retryAfterSeconds: number): Answer => ({
  outcome: {
    ok: false,
    failure: { code: 'too_many_requests', detail: 'd', requestId: 'r', retryAfterSeconds },
  },
});
const ran = (remaining: number, resetSeconds: number): Answer => ({
  outcome: { ok: true, value: { compileOutput: null, samples: [], own: null, ownFailure: null } },
  left: [remaining, resetSeconds],
});

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  submitted = [];
  runs = 0;
  answers.submit = [taken];
  localStorage.clear();
  sessionStorage.clear();
  Object.assign(globalThis, { EventSource: SilentSource });
  globalThis.fetch = jest.fn(async (url: unknown, init?: RequestInit) => {
    const path = String(url);
    if (path.endsWith('/run')) {
      runs += 1;
      return respond(answers.run);
    }
    if (!path.endsWith('/submit')) throw new TypeError('Failed to fetch');
    submitted.push(JSON.parse(init?.body as string) as Record<string, unknown>);
    return respond((answers.submit.length > 1 ? answers.submit.shift() : answers.submit[0]) as Answer);
  });
});
afterEach(() => {
  cleanup();
  globalThis.fetch = realFetch;
  jest.restoreAllMocks();
});

const draft = (sourceCode: string) => ({
  problemSlug: 'sum-of-two',
  languageId: 71,
  sourceCode,
  version: 1,
  updatedAt: null,
});
const runOnce = () => fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
const offer = () => screen.findByRole('button', { name: /^Submit when it is free again \(\d+ s\)$/ });
const wait = async () => {
  runOnce();
  fireEvent.click(await offer());
  await screen.findByText(/Your code will be submitted automatically/);
};

describe('what is left', () => {
  test('is told while it is little', async () => {
    answers.run = ran(4, 50);
    render(workspaceElement());
    runOnce();
    await screen.findByText(/There are no samples to run/, { selector: 'h2' });
    expect(screen.queryByText(/runs? left/)).toBeNull();
    answers.run = ran(2, 50);
    runOnce();
    expect(await screen.findByText('2 runs left')).toBeTruthy();
  });

  test('when it is nothing, Run waits before anything is refused', async () => {
    answers.run = ran(0, 50);
    render(workspaceElement());
    runOnce();
    const run = await screen.findByRole<HTMLButtonElement>('button', { name: /^Run in \d+ s$/ });
    expect(run.disabled).toBe(true);
    expect(screen.getByText('0 runs left')).toBeTruthy();
    runOnce();
    expect(runs).toBe(1);
  });
});

describe('a submission that waits', () => {
  test('goes by itself with the code as it is then, once', async () => {
    answers.run = ran(0, 8);
    const { container } = render(workspaceElement({ draft: draft('first') }));
    await wait();
    expect(submitted).toHaveLength(0);
    fireEvent.click(screen.getByRole('button', { name: 'Reset' }));
    fireEvent.click(screen.getAllByRole('button', { name: 'Reset' }).at(-1) as HTMLElement);
    expect(container.querySelector<HTMLTextAreaElement>('textarea[name=sourceCode]')?.value).toBe(
      'print()\n',
    );
    await waitFor(() => expect(submitted).toHaveLength(1));
    expect(submitted[0]).toMatchObject({ languageId: 71, sourceCode: 'print()\n' });
    expect(screen.queryByText(/Your code will be submitted automatically/)).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  test('is kept over a reload', async () => {
    answers.run = ran(0, 8);
    const { unmount } = render(workspaceElement());
    await wait();
    unmount();
    render(workspaceElement());
    expect(await screen.findByText(/Your code will be submitted automatically/)).toBeTruthy();
    expect(submitted).toHaveLength(0);
    await waitFor(() => expect(submitted).toHaveLength(1));
  });

  test('is not taken over by another learner of the same browser', async () => {
    answers.run = ran(0, 50);
    const { unmount } = render(workspaceElement());
    await wait();
    unmount();
    render(workspaceElement({ userKey: 'u2' }));
    await screen.findByRole('button', { name: 'Submit' });
    expect(screen.queryByText(/Your code will be submitted automatically/)).toBeNull();
    expect(sessionStorage).toHaveLength(1);
  });

  test('can be cancelled, for good', async () => {
    answers.run = ran(0, 50);
    const { unmount } = render(workspaceElement());
    await wait();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel the waiting submission' }));
    expect(await offer()).toBeTruthy();
    expect(screen.queryByText(/Your code will be submitted automatically/)).toBeNull();
    unmount();
    render(workspaceElement());
    expect(await screen.findByRole('button', { name: 'Submit' })).toBeTruthy();
    expect(submitted).toHaveLength(0);
  });

  test('ends with another language: its code was not meant', async () => {
    answers.run = ran(0, 50);
    render(workspaceElement());
    await wait();
    fireEvent.change(screen.getByRole('combobox', { name: 'Language' }), { target: { value: '54' } });
    await waitFor(() => expect(screen.queryByText(/Your code will be submitted automatically/)).toBeNull());
    expect(sessionStorage).toHaveLength(0);
  });

  test('waits once more when somebody else has taken the turn', async () => {
    answers.run = ran(0, 2);
    answers.submit = [tooMany(3), taken];
    render(workspaceElement());
    await wait();
    await waitFor(() => expect(submitted).toHaveLength(1));
    expect(await screen.findByText(/Your code will be submitted automatically/)).toBeTruthy();
    await waitFor(() => expect(submitted).toHaveLength(2));
    await waitFor(() => expect(screen.queryByText(/Your code will be submitted automatically/)).toBeNull());
  });
});
