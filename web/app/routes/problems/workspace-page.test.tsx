/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { judgedSubmission } from '~/features/submissions/submission-fixture';
import type { Outcome } from '~/lib/outcome';
import { workspaceElement } from './workspace-fixture';

// The first test also loads the editor, on a machine that may be busy.
configure({ asyncUtilTimeout: 60_000 });
jest.setTimeout(120_000);
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
HTMLDialogElement.prototype.showModal = function showModal() {
  this.setAttribute('open', '');
};
HTMLDialogElement.prototype.close = function close() {
  this.removeAttribute('open');
};

class FakeSource extends EventTarget {
  static open: FakeSource[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    FakeSource.open.push(this);
  }
  close() {
    this.closed = true;
  }
  tell(name: string, data: unknown) {
    act(() => void this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) })));
  }
}

let asked: { url: string; method: string; body: Record<string, unknown> }[] = [];
const answers = new Map<string, Outcome<unknown>>();
const realFetch = globalThis.fetch;

beforeEach(() => {
  // The editor comes by itself, outside of what a test does; the router tells of its next version.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  asked = [];
  answers.clear();
  FakeSource.open = [];
  localStorage.clear();
  Object.assign(globalThis, { EventSource: FakeSource });
  globalThis.fetch = jest.fn(async (url: unknown, init?: RequestInit) => {
    const path = String(url);
    asked.push({
      url: path,
      method: init?.method ?? 'GET',
      body: JSON.parse(typeof init?.body === 'string' ? init.body : '{}'),
    });
    const answer = [...answers].find(([end]) => path.endsWith(end))?.[1];
    if (!answer) throw new TypeError('Failed to fetch');
    return Response.json(answer);
  });
});
afterEach(() => {
  cleanup();
  globalThis.fetch = realFetch;
  jest.restoreAllMocks();
});

const failure = (code: string, retryAfterSeconds: number | null = null) =>
  ({ ok: false, failure: { code, detail: 'd', requestId: 'r', retryAfterSeconds } }) as Outcome<unknown>;
const sample = {
  index: 0,
  status: 'accepted',
  timeMs: 5,
  memoryKb: 3000,
  input: '1 2',
  expected: '3',
  stdout: '3',
  stderr: '',
  message: null,
};
const passedRun: Outcome<unknown> = {
  ok: true,
  value: { compileOutput: null, samples: [sample], own: null, ownFailure: null },
};
const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.body, { key, ...more });
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const sent = (end: string) => asked.filter(({ url }) => url.endsWith(end));

describe('running', () => {
  test('Ctrl+Enter runs the samples with what is in the editor', async () => {
    answers.set('/run', passedRun);
    render(workspaceElement());
    press('Enter', { ctrlKey: true });
    expect(await screen.findByRole('heading', { name: /1 of 1 samples passed/ })).toBeTruthy();
    expect(sent('/run')[0]?.body).toEqual({ languageId: 71, sourceCode: 'print()\n', stdin: '' });
    expect(sent('/submit')).toHaveLength(0);
  });

  test('the empty results pane offers both keys as buttons', async () => {
    answers.set('/run', passedRun);
    render(workspaceElement());
    fireEvent.click(button(/Run the samples/));
    expect(await screen.findByText(/1 of 1 samples passed/, { selector: 'h2' })).toBeTruthy();
  });

  test('an error is marked in the editor at its line, until that line is changed', async () => {
    const places = [{ line: 1, column: 1, message: 'NameError: no such name' }];
    answers.set('/run', {
      ok: true,
      value: {
        compileOutput: null,
        samples: [{ ...sample, status: 'runtime_error', help: { explanation: 'Not known here.', places } }],
        own: null,
        ownFailure: null,
      },
    });
    const { container } = render(workspaceElement());
    await screen.findByRole('textbox', { name: 'Code editor, Python' });
    await waitFor(() => expect(container.querySelector('.cm-content')).not.toBeNull());
    press('Enter', { ctrlKey: true });
    await waitFor(() => expect(container.querySelector('.cm-error-mark')?.textContent).toBe('print'));
    expect(container.querySelector('.cm-line.cm-error-line')?.getAttribute('title')).toBe(
      'NameError: no such name',
    );
    expect(screen.getByText('Line 1, column 1')).toBeTruthy();
  });

  test('too many runs: the seconds count down in the buttons, and nothing is sent meanwhile', async () => {
    answers.set('/run', failure('too_many_requests', 5));
    render(workspaceElement());
    press('Enter', { ctrlKey: true });
    const waiting = await screen.findByRole<HTMLButtonElement>('button', { name: /^Run in \d s$/ });
    expect(waiting.disabled).toBe(true);
    expect(button(/^Submit when it is free again \(\d s\)$/).disabled).toBe(false);
    press('Enter', { ctrlKey: true });
    expect(sent('/run')).toHaveLength(1);
    const ready = await screen.findByRole<HTMLButtonElement>('button', { name: 'Run' }, { timeout: 60_000 });
    expect(ready.disabled).toBe(false);
  });

  test('without connection the code stays and a sentence says so', async () => {
    render(workspaceElement());
    press('Enter', { ctrlKey: true });
    expect((await screen.findByRole('alert')).textContent).toContain('Your code is kept in this browser');
    expect(screen.getByRole('textbox', { name: 'Code editor, Python' })).toBeTruthy();
  });

  test('after the session has ended there is a way to sign in and come back', async () => {
    answers.set('/run', failure('session_expired'));
    render(workspaceElement());
    press('Enter', { ctrlKey: true });
    const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Sign in and come back here' });
    expect(link.getAttribute('href')).toBe('/login?next=%2Fproblems%2Fsum-of-two%3Flanguage%3D71');
  });
});

describe('submitting', () => {
  const submit = async () => {
    answers.set('/submit', { ok: true, value: { id: 's1' } });
    const rendered = render(workspaceElement());
    press('Enter', { ctrlKey: true, shiftKey: true });
    await waitFor(() => expect(FakeSource.open).toHaveLength(1));
    return { ...rendered, source: FakeSource.open[0] as FakeSource };
  };

  test('shows its life as it happens, and the way on when it is solved', async () => {
    const { source } = await submit();
    expect(source.url).toBe('/submissions/s1/events');
    source.tell('queued', { position: 2, expectedSeconds: 5, retryAt: null });
    expect(screen.getByRole('heading', { name: 'In the queue: number 2' })).toBeTruthy();
    expect(button('Judging').getAttribute('aria-disabled')).toBe('true');
    source.tell('running', { testsTotal: 2 });
    answers.set('/progress', {
      ok: true,
      value: {
        state: 'solved',
        bestScore: 10,
        siblings: [{ slug: 'product', title: 'Product', state: 'none' }],
      },
    });
    source.tell('finished', judgedSubmission());
    expect(screen.getByText('Solved!')).toBeTruthy();
    expect(await screen.findByRole('link', { name: 'Next: Product' })).toBeTruthy();
    expect(source.closed).toBe(true);
    await waitFor(() => expect(sent('/history')).toHaveLength(1));
  });

  test('a submission that is still being judged is followed after a reload', async () => {
    const {
      sourceCode: _,
      authorName: __,
      compileOutput: ___,
      retryAt: ____,
      results: _____,
      ...summary
    } = judgedSubmission({ id: 's9', status: 'running', verdict: null });
    render(workspaceElement({ history: { submissions: [summary], nextBefore: null } }));
    await waitFor(() => expect(FakeSource.open[0]?.url).toBe('/submissions/s9/events'));
    FakeSource.open[0]?.tell('finished', judgedSubmission({ id: 's9' }));
    expect(await screen.findByText('Solved!')).toBeTruthy();
  });

  test('leaving the page closes the event stream', async () => {
    const { source, unmount } = await submit();
    unmount();
    expect(source.closed).toBe(true);
  });

  test('a judge that failed offers to submit again', async () => {
    const { source } = await submit();
    source.tell('finished', judgedSubmission({ status: 'judge_failed', verdict: null, results: [] }));
    fireEvent.click(button('Submit again'));
    await waitFor(() => expect(sent('/submit')).toHaveLength(2));
  });
});

describe('dialogs', () => {
  test('? lists the keys, but not while typing', () => {
    render(workspaceElement());
    fireEvent.keyDown(screen.getByRole('combobox', { name: 'Language' }), { key: '?' });
    expect(screen.queryByRole('dialog')).toBeNull();
    press('?');
    expect(screen.getByRole('dialog', { name: 'Keys' })).toBeTruthy();
  });

  test('keys of the page rest while a dialog is open', () => {
    render(workspaceElement());
    press('?');
    press('Enter', { ctrlKey: true });
    expect(sent('/run')).toHaveLength(0);
  });

  test('settings hold at once and are remembered', () => {
    render(workspaceElement());
    fireEvent.click(button('Settings'));
    fireEvent.change(screen.getByRole('combobox', { name: 'Letter size' }), { target: { value: '18' } });
    expect(JSON.parse(localStorage.getItem('workspace.settings') ?? '{}')).toMatchObject({ fontSize: 18 });
  });
});

describe('the whole code replaced', () => {
  test('reset asks first and can be undone', () => {
    const draft = {
      problemSlug: 'sum-of-two',
      languageId: 71,
      sourceCode: 'mine',
      version: 2,
      updatedAt: null,
    };
    const { container } = render(workspaceElement({ draft }));
    const code = () => container.querySelector<HTMLTextAreaElement>('textarea[name=sourceCode]')?.value;
    fireEvent.click(button('Reset'));
    expect(code()).toBe('mine');
    fireEvent.click(screen.getAllByRole('button', { name: 'Reset' }).at(-1) as HTMLElement);
    expect(code()).toBe('print()\n');
    fireEvent.click(button('Undo'));
    expect(code()).toBe('mine');
  });

  test('another language brings its own draft', async () => {
    const other = {
      problemSlug: 'sum-of-two',
      languageId: 54,
      sourceCode: '// mine',
      version: 1,
      updatedAt: null,
    };
    answers.set('/drafts/54', { ok: true, value: other });
    const { container } = render(workspaceElement());
    fireEvent.change(screen.getByRole('combobox', { name: 'Language' }), { target: { value: '54' } });
    await waitFor(() =>
      expect(container.querySelector<HTMLTextAreaElement>('textarea[name=sourceCode]')?.value).toBe(
        '// mine',
      ),
    );
    expect(document.cookie).toContain('workspace-language=54');
  });

  test('code to restore is in the editor, and what was there can be brought back', async () => {
    const draft = {
      problemSlug: 'sum-of-two',
      languageId: 71,
      sourceCode: 'mine',
      version: 2,
      updatedAt: null,
    };
    const { container } = render(workspaceElement({ draft, restored: { id: 's0', sourceCode: 'old' } }));
    const code = () => container.querySelector<HTMLTextAreaElement>('textarea[name=sourceCode]')?.value;
    await waitFor(() => expect(code()).toBe('old'));
    fireEvent.click(button('Undo'));
    expect(code()).toBe('mine');
  });
});
