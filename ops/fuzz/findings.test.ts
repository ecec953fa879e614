import { expect, test } from '@jest/globals';
import { findingsIn } from './findings.js';

const answer = (body: string, status = 200) => ({ status, head: `HTTP/1.1 ${status} X`, body, elapsedMs: 1 });
const kinds = (body: string, { status = 200, sent = '', cutOff = false } = {}) =>
  findingsIn({ cutOff }, sent, answer(body, status), ['b0000000-0000-4000-8000-000000000001']).map(
    ({ kind }) => kind,
  );

test.each([
  ['{"detail":"Try again in a moment."}', 500, ['server error']],
  ['', 0, ['no answer']],
  ['{"detail":"Error: x\\n    at run (/app/dist/server.js:1:2)"}', 400, ['trace']],
  ['TypeError\n    at handler (file:///app/dist/http/endpoint.js:10:3)', 400, ['trace']],
  ['{"code":"PGRST116"}', 400, ['database text']],
  ['{"detail":"new row violates row-level security policy"}', 403, ['database text']],
  ['{"detail":"null value violates not-null constraint"}', 422, ['database text']],
  ['select id, email from public.users', 200, ['database text']],
  ['{"id":"b0000000-0000-4000-8000-000000000001"}', 200, ['foreign data']],
  ['{"items":[],"detail":"Select a course from the list."}', 200, []],
])('%s (%i) is %j', (body, status, expected) => {
  expect(kinds(body, { status })).toEqual(expected);
});

test('what the sender wrote may come back, and a request that breaks off gets no answer', () => {
  expect(
    kinds('there is no b0000000-0000-4000-8000-000000000001', {
      sent: 'b0000000-0000-4000-8000-000000000001',
    }),
  ).toEqual([]);
  expect(kinds('', { status: 0, cutOff: true })).toEqual([]);
});
