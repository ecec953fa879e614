import { expect, test } from '@jest/globals';
import { registerRequest } from '@coding-platform/api/schema/auth';
import { ApiProblem } from './api-problem';
import { parseForm, readForm, refuseByProblem } from './form.server';

function filled(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

function problem(more: Partial<ConstructorParameters<typeof ApiProblem>[0]>): ApiProblem {
  return new ApiProblem({
    type: 'about:blank',
    title: 'Refused',
    status: 409,
    code: 'email_taken',
    detail: 'There is an account with this address.',
    requestId: 'request-1',
    ...more,
  });
}

const account = {
  email: 'a@b.example',
  password: 'correct horse battery',
  fullName: 'Ada',
  enrolmentCode: '',
};

const sent = (contentType: string | null, body: string | null): Request =>
  new Request('http://localhost/login', {
    method: 'POST',
    body,
    headers: contentType === null ? {} : { 'Content-Type': contentType },
  });

const boundary = '----WebKitFormBoundaryAbCdEfGhIjKlMnOp';
const urlencoded = 'application/x-www-form-urlencoded';

test.each([
  [urlencoded, 'email=a%40b.example'],
  [`${urlencoded};charset=UTF-8`, 'email=a%40b.example'],
  [
    `multipart/form-data; boundary=${boundary}`,
    `--${boundary}\r\nContent-Disposition: form-data; name="email"\r\n\r\na@b.example\r\n--${boundary}--\r\n`,
  ],
])('a form of the type %s is read', async (type, body) => {
  expect([...(await readForm(sent(type, body)))]).toEqual([['email', 'a@b.example']]);
});

test.each([
  ['no type', null, 'email=a', 415],
  ['no body and no type', null, null, 415],
  ['JSON', 'application/json', '{"email":"a"}', 415],
  ['plain text', 'text/plain', 'email=a', 415],
  ['a type that only begins like a form', `${urlencoded}x`, 'email=a', 415],
  ['a multipart form without a boundary', 'multipart/form-data', 'x', 400],
  [
    'a multipart form with broken parts',
    `multipart/form-data; boundary=${boundary}`,
    `--${boundary}\r\n\0: x\r\n\r\n`,
    400,
  ],
  [
    'a multipart form that breaks off',
    `multipart/form-data; boundary=${boundary}`,
    `--${boundary}\r\nContent-Disp`,
    400,
  ],
])('%s is refused and is no fault of ours', async (_what, type, body, status) => {
  await expect(readForm(sent(type, body))).rejects.toMatchObject({ init: { status } });
});

test('a refused form keeps what was typed, but no password', () => {
  const parsed = parseForm(filled({ ...account, email: 'nobody', password: 'short' }), registerRequest);
  if (parsed.ok) throw new Error('accepted');
  expect(parsed.refusal.data).toEqual({
    values: { email: 'nobody', fullName: 'Ada', enrolmentCode: '' },
    errors: { email: 'This is not an e-mail address.', password: 'Use at least 10 characters.' },
    message: null,
  });
  expect(parsed.refusal.init?.status).toBe(400);
});

test('an empty optional field is left out', () => {
  const parsed = parseForm(filled(account), registerRequest);
  expect(parsed).toMatchObject({ ok: true, value: { email: 'a@b.example', fullName: 'Ada' } });
  expect(parsed.ok && 'enrolmentCode' in parsed.value).toBe(false);
});

test("the api's refusal goes to the field that it is about", () => {
  const refusal = refuseByProblem(filled(account), problem({}), { email_taken: 'email' });
  expect(refusal.data.errors).toEqual({ email: 'There is an account with this address.' });
  expect(refusal.init?.status).toBe(409);
});

test('field errors of the api stand beside their fields, others above the form', () => {
  const form = filled(account);
  const beside = problem({ code: 'invalid_request', errors: [{ path: 'fullName', message: 'Too long.' }] });
  expect(refuseByProblem(form, beside).data).toMatchObject({
    errors: { fullName: 'Too long.' },
    message: null,
  });
  const above = problem({ code: 'wrong_credentials', detail: 'Wrong address or password.' });
  expect(refuseByProblem(form, above).data).toMatchObject({
    errors: {},
    message: 'Wrong address or password.',
  });
});

test('an api that is away costs nobody what they typed', () => {
  const away = problem({
    status: 503,
    code: 'api_unreachable',
    detail: 'The server is unreachable right now.',
  });
  const { data } = refuseByProblem(filled(account), away);
  expect(data.values['fullName']).toBe('Ada');
  expect(data.message).toContain('request-1');
});

test('too many attempts say how long to wait', () => {
  const slow = problem({ status: 429, code: 'too_many_requests', retryAfterSeconds: 42 });
  expect(refuseByProblem(filled(account), slow).data.message).toEqual({
    text: 'Too many attempts.',
    waitSeconds: 42,
  });
});

test('what is not an answer of the api is thrown on', () => {
  expect(() => refuseByProblem(filled(account), new TypeError('bug'))).toThrow('bug');
});
