import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EngineFixture, startEngine } from './testing/engine-fixture.js';

const program = { source_code: 'echo hi', language_id: 46 };

describe('an open engine', () => {
  let engine: EngineFixture;
  beforeAll(async () => (engine = await startEngine()));
  afterAll(() => engine.stop());

  const answer = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const response = await engine.call(method, path, body, headers);
    const text = await response.text();
    return { status: response.status, type: response.headers.get('content-type'), text };
  };
  const json = async (method: string, path: string, body?: unknown) => {
    const { status, text } = await answer(method, path, body);
    return { status, body: JSON.parse(text) as Record<string, unknown> };
  };

  test.each([
    [
      {},
      { source_code: ["can't be blank"], language_id: ["can't be blank", "language with id  doesn't exist"] },
    ],
    [{ ...program, source_code: ' \n' }, { source_code: ["can't be blank"] }],
    [{ ...program, language_id: 9999 }, { language_id: ["language with id 9999 doesn't exist"] }],
    [{ ...program, language_id: 'abc' }, { language_id: ["language with id 0 doesn't exist"] }],
    [
      { ...program, language_id: 1 },
      { language_id: ['language with id 1 is archived and cannot be used anymore'] },
    ],
    [{ ...program, cpu_time_limit: 15.1 }, { cpu_time_limit: ['must be less than or equal to 15.0'] }],
    [{ ...program, cpu_extra_time: -1 }, { cpu_extra_time: ['must be greater than or equal to 0'] }],
    [{ ...program, cpu_time_limit: 'x' }, { cpu_time_limit: ['is not a number'] }],
    [{ ...program, memory_limit: 2047 }, { memory_limit: ['must be greater than or equal to 2048'] }],
    [{ ...program, number_of_runs: 0 }, { number_of_runs: ['must be greater than 0'] }],
    [{ ...program, enable_network: true }, { enable_network: ['enabling network is not allowed'] }],
    [{ ...program, callback_url: 'http://x/' }, { callback_url: ['setting callback is not allowed'] }],
    [
      { ...program, compiler_options: '-O2' },
      { compiler_options: ['setting compiler options is only allowed for compiled languages'] },
    ],
    [
      { ...program, command_line_arguments: 'a'.repeat(513) },
      { command_line_arguments: ['is too long (maximum is 512 characters)'] },
    ],
  ])('422 for %j', async (body, errors) => {
    expect(await json('POST', '/submissions', body)).toEqual({ status: 422, body: errors });
  });

  test('tells Prometheus which build it is, as the other programs do', async () => {
    const { status, text } = await answer('GET', '/metrics');
    expect(status).toBe(200);
    expect(text).toMatch(/^build_info\{program="engine",version="\d+\.\d+\.\d+",revision="\w+"\} 1$/m);
  });

  test('a token is given at once and the verdict can be polled', async () => {
    const created = await json('POST', '/submissions?base64_encoded=true', {
      source_code: Buffer.from('echo hi').toString('base64'),
      language_id: '46',
    });
    expect(created.status).toBe(201);
    const path = `/submissions/${String(created.body.token)}?base64_encoded=true&fields=stdout,status_id,time`;
    let shown = await json('GET', path);
    for (let i = 0; i < 100 && (shown.body.status_id as number) < 3; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      shown = await json('GET', path);
    }
    expect(shown.body).toEqual({ stdout: 'aGkK\n', status_id: 3, time: expect.stringMatching(/^0\.\d+$/) });
  });

  test('parameters may come as a form or in the query', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await answer('POST', '/submissions', 'source_code=echo&language_id=46', form)).status).toBe(201);
    expect((await answer('POST', '/submissions?source_code=echo&language_id=46')).status).toBe(201);
  });

  test('text that is UTF-8 is given as it is, other bytes only as base64', async () => {
    const wait = '/submissions?wait=true&fields=stdout';
    expect((await json('POST', wait, { ...program, source_code: 'echo žluť' })).body).toEqual({
      stdout: 'žluť\n',
    });
    const binary = await json('POST', wait, { ...program, source_code: "printf '\\xff'" });
    expect(binary).toMatchObject({
      status: 201,
      body: { error: expect.stringMatching(/cannot be converted to UTF-8/) },
    });
    const shown = await json('GET', `/submissions/${String(binary.body.token)}`);
    expect(shown.status).toBe(400);
  });

  test('unknown fields are named', async () => {
    const shown = await json('POST', '/submissions?fields=stdout,bogus,foo', program);
    expect(shown).toEqual({ status: 400, body: { error: 'invalid fields: [bogus, foo]' } });
  });

  test('a batch answers item by item and has bounds', async () => {
    const mixed = await json('POST', '/submissions/batch', { submissions: [program, { language_id: 46 }] });
    expect(mixed).toMatchObject({
      status: 201,
      body: [{ token: expect.any(String) }, { source_code: ["can't be blank"] }],
    });
    const bad = await json('POST', '/submissions/batch', { submissions: [{ language_id: 46 }] });
    expect(bad.status).toBe(422);
    const none = { status: 400, body: { error: 'there should be at least one submission in a batch' } };
    expect(await json('POST', '/submissions/batch', { submissions: [] })).toEqual(none);
    expect(await json('GET', '/submissions/batch')).toEqual(none);
    const many = { submissions: Array.from({ length: 21 }, () => program) };
    expect((await json('POST', '/submissions/batch', many)).status).toBe(400);
    expect(await json('GET', '/submissions/batch?tokens=nope')).toEqual({
      status: 200,
      body: { submissions: [null] },
    });
  });

  test('what is unknown or malformed is answered as Rails does', async () => {
    const html = 'text/html; charset=UTF-8';
    expect(await answer('GET', '/submissions/abc')).toEqual({ status: 404, type: html, text: '' });
    expect(await answer('GET', '/nope')).toEqual({ status: 404, type: html, text: '' });
    expect(await answer('POST', '/submissions', '{"source_code":')).toEqual({
      status: 400,
      type: html,
      text: '',
    });
    const asked = await answer('GET', '/submissions/abc', undefined, { Accept: 'application/json' });
    expect(asked.text).toBe('{"status":404,"error":"Not Found"}');
  });

  test('it tells about itself', async () => {
    expect((await answer('GET', '/version')).text).toBe('1.13.1');
    expect((await json('GET', '/languages/71')).body).toMatchObject({
      id: 71,
      source_file: 'script.py',
      compile_cmd: null,
    });
    expect((await json('GET', '/statuses')).body).toHaveLength(14);
    expect((await json('GET', '/workers')).body).toMatchObject([
      { queue: '1.13.1', available: 2, failed: 0 },
    ]);
    expect((await json('GET', '/config_info')).body).toMatchObject({
      max_queue_size: 100,
      engine: { slots: 2 },
    });
  });
});

describe('access', () => {
  let engine: EngineFixture;
  beforeAll(async () => {
    engine = await startEngine({ AUTHN_TOKEN: 's3cret other', AUTHZ_TOKEN: 'authz', MAX_QUEUE_SIZE: '0' });
  });
  afterAll(() => engine.stop());
  const status = async (path: string, headers?: Record<string, string>, method = 'GET') =>
    (await engine.call(method, path, undefined, headers)).status;

  test('one of the tokens opens, as header or in the query', async () => {
    expect(await status('/languages')).toBe(401);
    expect(await status('/languages', { 'X-Auth-Token': 'bad' })).toBe(401);
    expect(await status('/languages', { 'X-Auth-Token': 'other' })).toBe(200);
    expect(await status('/languages?X-Auth-Token=s3cret')).toBe(200);
    expect(await status('/')).toBe(200);
    expect(await status('/nope')).toBe(404);
  });

  test('the list of submissions needs both tokens', async () => {
    const token = { 'X-Auth-Token': 's3cret' };
    expect(await status('/submissions', token)).toBe(403);
    expect(await status('/submissions', { 'X-Auth-User': 'authz' })).toBe(401);
    expect(await status('/submissions', { ...token, 'X-Auth-User': 'authz' })).toBe(200);
    expect(await status('/authorize', { ...token, 'X-Auth-User': 'authz' }, 'POST')).toBe(200);
  });

  test('a full queue is told before anything else', async () => {
    const response = await engine.call('POST', '/submissions', {}, { 'X-Auth-Token': 's3cret' });
    expect([response.status, await response.json()]).toEqual([503, { error: 'queue is full' }]);
  });
});
