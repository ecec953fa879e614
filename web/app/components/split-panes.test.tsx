/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { SplitPanes, type SplitPanesProps } from './split-panes';

let key = 0;
beforeEach(() => {
  localStorage.clear();
  key += 1;
});
afterEach(cleanup);

const panes = (over: Partial<SplitPanesProps> = {}) => (
  <SplitPanes
    direction="row"
    label="problem and code"
    storageKey={`share-${key}`}
    defaultShare={42}
    first={<p>first</p>}
    second={<p>second</p>}
    {...over}
  />
);
const divider = () => screen.getByRole('separator', { name: 'Resize: problem and code' });
const value = () => divider().getAttribute('aria-valuenow');

test('arrow keys move the divider, Home and End to its ends, a double click back', () => {
  render(panes());
  expect(value()).toBe('42');
  fireEvent.keyDown(divider(), { key: 'ArrowRight' });
  expect(value()).toBe('45');
  fireEvent.keyDown(divider(), { key: 'ArrowUp' });
  expect(value()).toBe('45');
  fireEvent.keyDown(divider(), { key: 'Home' });
  expect(value()).toBe(divider().getAttribute('aria-valuemin'));
  fireEvent.keyDown(divider(), { key: 'ArrowLeft' });
  expect(value()).toBe(divider().getAttribute('aria-valuemin'));
  fireEvent.doubleClick(divider());
  expect(value()).toBe('42');
});

test('the share is remembered', () => {
  const { unmount } = render(panes());
  fireEvent.keyDown(divider(), { key: 'End' });
  unmount();
  render(panes());
  expect(value()).toBe('85');
  expect(localStorage.getItem(`share-${key}`)).toBe('85.0');
});

test('a pane that is put away takes the divider along', () => {
  render(panes({ hidden: 'first' }));
  expect(screen.queryByRole('separator')).toBeNull();
  expect(screen.getByText('first').closest('[hidden]')).not.toBeNull();
});
