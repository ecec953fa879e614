import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { ApiProblem } from './api-problem';
import { failureStatus, fetchOutcome, outcomeResponse, settle } from './outcome';

const problem = (code: 'too_many_requests' | 'invalid_request', more = {}) =>
  new ApiProblem({
    type: 'about:blank',
    title: 't',
    status: 400,
    code,
    detail: 'd',
    requestId: 'r1',
    ...more,
  });

describe('settling', () => {
  test('work that succeeds is its value', async () => {
    expect(await settle(async () => 7)).toEqual({ ok: true, value: 7 });
  });

  test('what the api refuses is a failure with its seconds to wait', async () => {
    const outcome = await settle(async () => {
      throw problem('too_many_requests', { retryAfterSeconds: 8 });
    });
    expect(outcome).toEqual({
      ok: false,
      failure: { code: 'too_many_requests', detail: 'd', requestId: 'r1', retryAfterSeconds: 8 },
    });
  });

  test('of an invalid request the first field’s sentence is told', async () => {
    const outcome = await settle(async () => {
      throw problem('invalid_request', {
        errors: [{ path: 'sourceCode', message: 'Write some code first.' }],
      });
    });
    expect(outcome).toMatchObject({ failure: { detail: 'Write some code first.' } });
  });

  test('the redirect to the sign-in page is a session that is over', async () => {
    const outcome = await settle(async () => {
      throw new Response(null, { status: 302, headers: { Location: '/login' } });
    });
    expect(outcome).toMatchObject({ failure: { code: 'session_expired' } });
  });

  test('a bug is thrown on', async () => {
    await expect(
      settle(async () => {
        throw new TypeError('bug');
      }),
    ).rejects.toThrow('bug');
  });
});

describe('asking from the browser', () => {
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
  });
  const answer = (response: () => Response | Promise<Response>) => {
    globalThis.fetch = jest.fn(async () => response());
  };

  test('an outcome comes through as it was, with its status', async () => {
    const outcome = {
      ok: false as const,
      failure: { code: 'judge_disabled' as const, detail: 'd', requestId: null, retryAfterSeconds: null },
    };
    expect(outcomeResponse(outcome).status).toBe(503);
    answer(() => outcomeResponse(outcome));
    expect(await fetchOutcome('/x')).toEqual(outcome);
  });

  test('no connection is a failure', async () => {
    answer(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await fetchOutcome('/x')).toMatchObject({ ok: false, failure: { code: 'offline' } });
  });

  test('a page instead of JSON is a failure', async () => {
    answer(() => new Response('<html>'));
    expect(await fetchOutcome('/x')).toMatchObject({ ok: false, failure: { code: 'unexpected_answer' } });
  });
});

test('a failure without a status of its own is the request’s fault', () => {
  expect(
    failureStatus({ code: 'language_not_allowed', detail: '', requestId: null, retryAfterSeconds: null }),
  ).toBe(400);
});

test.each(['too_many_waiting', 'source_quota_exceeded'] as const)(
  '%s is a conflict as at the api',
  (code) => {
    expect(failureStatus({ code, detail: '', requestId: null, retryAfterSeconds: null })).toBe(409);
  },
);
