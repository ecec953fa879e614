/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { createRemixStub } from '@remix-run/testing';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConfirmButton } from './confirm-dialog';

beforeAll(() => {
  // jsdom knows dialogs, but not how to open them.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});
afterEach(cleanup);

const sent: [string, unknown][][] = [];

const Question = () => (
  <ConfirmButton
    name="close"
    label="Close the account"
    title="Close Ada's account?"
    confirmLabel="Close it"
    fields={{ intent: 'close', ids: ['p1', 'p2'] }}
  >
    <p>She cannot sign in any more.</p>
  </ConfirmButton>
);

const Stub = createRemixStub([
  {
    path: '/people/:id',
    Component: Question,
    action: async ({ request }) => {
      sent.push([...(await request.formData())]);
      return null;
    },
  },
]);

test('nothing happens before it is confirmed; then all fields are sent once and the question is over', async () => {
  render(<Stub initialEntries={['/people/p1']} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Close the account' }));
  await screen.findByRole('dialog', { name: "Close Ada's account?" });
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole('link', { name: 'Cancel' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Close the account' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Close it' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).toEqual([
    [
      ['pageOwner', ''],
      ['intent', 'close'],
      ['ids', 'p1'],
      ['ids', 'p2'],
    ],
  ]);
});

test('the address can ask, too, as it does without JavaScript, and the way out leads to where it came from', async () => {
  render(<Stub initialEntries={['/people/p1?confirm=close&tab=history']} />);
  await screen.findByRole('dialog', { name: "Close Ada's account?" });
  expect(screen.getByRole('link', { name: 'Cancel' }).getAttribute('href')).toBe('/people/p1?tab=history');
  expect(document.querySelector<HTMLInputElement>('input[name=tab]')?.value).toBe('history');
});
