/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createRemixStub } from '@remix-run/testing';
import { cleanup, render, screen } from '@testing-library/react';
import { ApiProblem, unreachableProblem } from './api-problem';
import { DocumentInfoProvider } from './document-info';
import { RouteErrorBoundary } from './error-boundary';

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});

async function showFailure(thrown: unknown) {
  const Stub = createRemixStub([
    {
      path: '/courses',
      Component: () => null,
      ErrorBoundary: RouteErrorBoundary,
      loader: () => {
        throw thrown;
      },
    },
  ]);
  const document = { nonce: undefined, requestId: 'document-request', path: '/courses' };
  render(
    <DocumentInfoProvider value={document}>
      <Stub initialEntries={['/courses']} />
    </DocumentInfoProvider>,
  );
  return (await screen.findByRole('heading', { level: 1 })).textContent;
}

test('an api that is away: what to do, and the way to retry', async () => {
  expect(await showFailure(unreachableProblem('request-7'))).toBe('The server is unreachable');
  expect(screen.getByText('request-7')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Try again' }).getAttribute('href')).toBe('/courses');
});

test("what the api forbids is said in the api's words", async () => {
  const forbidden = new ApiProblem({
    type: 'about:blank',
    title: 'Forbidden',
    status: 403,
    code: 'forbidden',
    detail: 'Only the course staff may do this.',
    requestId: 'request-8',
  });
  expect(await showFailure(forbidden)).toBe('You may not see this page');
  expect(screen.getByText('Only the course staff may do this.')).toBeTruthy();
});

test('a page that does not exist', async () => {
  expect(await showFailure(new Response(null, { status: 404 }))).toBe('Page not found');
  expect(screen.queryByRole('link', { name: 'Try again' })).toBeNull();
});

test("a bug shows the document's request id and nothing of the error", async () => {
  expect(await showFailure(new Error('select * from secrets'))).toBe('Something broke on our side');
  expect(screen.getByText('document-request')).toBeTruthy();
  expect(document.body.textContent).not.toContain('secrets');
});
