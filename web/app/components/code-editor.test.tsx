/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, expect, jest, test } from '@jest/globals';
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { EditorView } from '@codemirror/view';
import { CodeEditor, type CodeEditorProps } from './code-editor';
import { tabIndentsText, tabLeavesText } from './code-editor-tab';

// The first test also loads the editor, on a machine that may be busy.
configure({ asyncUtilTimeout: 10_000 });
// jsdom lays nothing out; the editor only asks where its text is.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();

afterEach(cleanup);

const props: CodeEditorProps = {
  name: 'sourceCode',
  form: 'program',
  label: 'Code editor, Python',
  text: 'print(1)\n',
  onChange: () => {},
  mode: 'python',
  settings: { fontSize: 14, tabSize: 4, keys: 'default' },
  theme: 'page',
};

const openEditor = async (over: Partial<CodeEditorProps> = {}) => {
  const rendered = render(<CodeEditor {...props} {...over} />);
  const content = await waitFor(() => {
    const element = rendered.container.querySelector<HTMLElement>('.cm-content');
    expect(element).not.toBeNull();
    expect(rendered.container.querySelector('textarea')?.hidden).toBe(true);
    return element as HTMLElement;
  });
  const view = EditorView.findFromDOM(content) as EditorView;
  return { ...rendered, content, view };
};

const type = (view: EditorView, text: string) =>
  act(() => {
    view.focus();
    view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.type' });
  });

test('the server sends a textarea that a form without script can send', () => {
  const html = renderToString(<CodeEditor {...props} />);
  expect(html).toContain('<textarea');
  expect(html).toContain('name="sourceCode"');
  expect(html).toContain('print(1)');
  expect(html).not.toContain('cm-');
  expect(html).not.toContain('style=');
});

test('the editor has the accessible name and tells how to leave it', async () => {
  const { content } = await openEditor();
  expect(content.getAttribute('aria-label')).toBe('Code editor, Python');
  const described = document.getElementById(content.getAttribute('aria-describedby') ?? '');
  expect(described?.textContent).toContain('Escape, then Tab');
  expect(screen.getByRole('textbox', { name: 'Code editor, Python' })).toBe(content);
});

test('typing is told, a text from outside is shown and not told back', async () => {
  const onChange = jest.fn();
  const { view, rerender } = await openEditor({ onChange });
  type(view, '# ');
  expect(onChange).toHaveBeenLastCalledWith('# print(1)\n');
  onChange.mockClear();
  rerender(<CodeEditor {...props} onChange={onChange} text="restored" />);
  expect(view.state.doc.toString()).toBe('restored');
  expect(onChange).not.toHaveBeenCalled();
});

test('Tab passes through until something is typed, and again after Escape', async () => {
  const { view, content, container } = await openEditor();
  const pressTab = () => fireEvent.keyDown(content, { key: 'Tab', keyCode: 9 });
  const announced = () => container.querySelector('p[aria-live]')?.textContent;
  act(() => view.focus());
  expect(pressTab()).toBe(true);
  expect(view.state.doc.toString()).toBe('print(1)\n');

  type(view, 'x');
  expect(announced()).toBe(tabIndentsText);
  expect(pressTab()).toBe(false);
  expect(view.state.doc.toString()).toBe('x   print(1)\n');
  expect(view.state.selection.main.empty).toBe(true);

  fireEvent.keyDown(content, { key: 'Escape', keyCode: 27 });
  expect(announced()).toBe(tabLeavesText);
  expect(pressTab()).toBe(true);
});

test('a read-only editor cannot be changed by Tab', async () => {
  const { view } = await openEditor({ readOnly: true });
  expect(view.state.readOnly).toBe(true);
});

test('the settings hold', async () => {
  const { view, rerender } = await openEditor();
  rerender(<CodeEditor {...props} settings={{ fontSize: 18, tabSize: 2, keys: 'default' }} />);
  expect(view.state.tabSize).toBe(2);
});

test('it is taken away without leaving anything', async () => {
  const { view, unmount } = await openEditor();
  unmount();
  expect(document.contains(view.dom)).toBe(false);
});
