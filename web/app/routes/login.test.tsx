/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createRemixStub } from '@remix-run/testing';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useTestSettings } from '../../test/settings';
import { sendJson, startTinyApi } from '../../test/tiny-api';
import Login, { action, loader } from './login';

let api: Awaited<ReturnType<typeof startTinyApi>>;

beforeAll(async () => {
  api = await startTinyApi((_request, response) =>
    sendJson(response, 401, {
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      code: 'wrong_credentials',
      detail: 'The address or the password is wrong.',
      requestId: 'request-1',
    }),
  );
  useTestSettings(api.url);
});
afterAll(() => api.stop());
afterEach(cleanup);

function showPage(entry: string) {
  const Stub = createRemixStub([{ path: '/login', Component: Login, action, loader }]);
  return render(<Stub initialEntries={[entry]} />);
}

test('a wrong field has its error beside it and gets the focus; the other keeps its value', async () => {
  showPage('/login');
  await userEvent.type(await screen.findByLabelText('E-mail'), 'ada@school.example');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  const password = screen.getByLabelText('Password');
  await waitFor(() => expect(document.activeElement).toBe(password));
  expect(password.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByLabelText<HTMLInputElement>('E-mail').value).toBe('ada@school.example');
});

test('wrong credentials are said above the form, and read out', async () => {
  showPage('/login');
  await userEvent.type(await screen.findByLabelText('E-mail'), 'ada@school.example');
  await userEvent.type(screen.getByLabelText('Password'), 'not the password');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  const message = await screen.findByRole('alert');
  expect(message.textContent).toBe('The address or the password is wrong.');
  expect(document.activeElement).toBe(message);
});

test('the way back is kept when it is on this site, and dropped when it is not', async () => {
  const next = (container: HTMLElement) =>
    container.querySelector<HTMLInputElement>('input[name=next]')?.value;
  const here = showPage('/login?next=%2Fcourses%2Fintro');
  await screen.findByLabelText('E-mail');
  expect(next(here.container)).toBe('/courses/intro');
  cleanup();
  const away = showPage('/login?next=%2F%2Fevil.example');
  await screen.findByLabelText('E-mail');
  expect(next(away.container)).toBe('/dashboard');
});
