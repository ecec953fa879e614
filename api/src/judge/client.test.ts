import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Agent } from 'node:http';
import { startSmallServer } from '../../test/small-server.js';
import { acceptedRow, base64, startOfficialJudge, type OfficialJudge } from '../../test/official-judge.js';
import { createJudgeClient, JudgeRefusedError, JudgeUnavailableError } from './client.js';
import type { JudgeCase } from './wire-format.js';
import { inRequest } from '../lib/request-scope.js';
import { runCases } from './run-cases.js';

const localAddress = { address: '127.0.0.1', family: 4 };

let judge: OfficialJudge;
beforeEach(async () => {
  judge = await startOfficialJudge();
});
afterEach(() => judge.stop());

const client = () => createJudgeClient({ url: judge.url, key: 'the key' });
const oneCase = (change: Partial<JudgeCase> = {}): JudgeCase => ({
  languageId: 71,
  sourceCode: 'print(1)',
  stdin: '',
  expectedOutput: '1\n',
  limits: { cpuMs: 1500, wallMs: 6000, idleMs: 3000, memoryKb: 64_000 },
  ...change,
});
const many = (count: number) => Array.from({ length: count }, (_, index) => oneCase({ stdin: `${index}\n` }));

describe('the client of an official Judge0', () => {
  test('sends cases as Judge0 takes them: base64, limits in seconds and kB, its key', async () => {
    await client().createBatch([oneCase({ sourceCode: 'print("ü")', stdin: 'a\0b', expectedOutput: null })]);
    const [sent] = judge.requests;
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      submissions: [
        {
          language_id: 71,
          source_code: base64('print("ü")'),
          stdin: base64('a\0b'),
          cpu_time_limit: 1.5,
          wall_time_limit: 6,
          idle_time_limit: 3,
          memory_limit: 64_000,
        },
      ],
    });
    expect(sent?.query.get('base64_encoded')).toBe('true');
    expect(sent?.headers['x-auth-token']).toBe('the key');
  });

  test('sends the request in which the programs came, for the log', async () => {
    await inRequest('the-request', async () => {
      for await (const group of runCases(client(), [oneCase()], { deadlineMs: 5000 })) {
        expect(group).toHaveLength(1);
      }
    });
    const ids = judge.requests.map(({ method, headers }) => [method, headers['x-request-id']]);
    expect(new Set(ids.map(String))).toEqual(new Set(['POST,the-request', 'GET,the-request']));
  });

  test('has RapidAPI’s headers at RapidAPI, and not its own', async () => {
    const agent = new Agent({ lookup: (_host, _options, found) => found(null, [localAddress]) });
    const host = 'judge0-ce.p.rapidapi.com';
    const url = `http://${host}:${new URL(judge.url).port}`;
    await createJudgeClient({ url, key: 'the key', agent }).languages();
    expect(judge.requests[0]?.headers).toMatchObject({
      'x-rapidapi-key': 'the key',
      'x-rapidapi-host': host,
    });
    expect(judge.requests[0]?.headers).not.toHaveProperty('x-auth-token');
  });

  test('reads results: decoded texts, whole milliseconds, null where nothing is known', async () => {
    judge.pollsUntilDone = 0;
    judge.finish = () => ({
      ...acceptedRow,
      status_id: 11,
      exit_code: 1,
      stderr: base64('a\0ü'),
      message: base64('why'),
    });
    const api = client();
    const [result] = await api.getBatch(await api.createBatch([oneCase()]));
    expect(result).toEqual({
      statusId: 11,
      timeMs: 27,
      memoryKb: 3732,
      exitCode: 1,
      stdout: 'a line of thirty-three characters',
      stderr: 'a␀ü',
      compileOutput: null,
      message: 'why',
      memoryLimitExceeded: false,
      outputLimitExceeded: false,
      cancelled: false,
    });
  });

  test('asks for the hint of our engine once, and never again after a 400', async () => {
    const api = client();
    const tokens = await api.createBatch([oneCase()]);
    await api.getBatch(tokens);
    await api.getBatch(tokens);
    const asked = judge.requests
      .filter(({ method }) => method === 'GET')
      .map(({ query }) => query.get('fields'));
    expect(asked.map((fields) => fields?.includes('limit_hint'))).toEqual([true, false, false]);
  });

  test('has null for a token that the judge does not know', async () => {
    expect(await client().getBatch(['gone'])).toEqual([null]);
  });

  test.each([
    ['a full queue', 503, { error: 'queue is full' }],
    ['maintenance', 503, { error: 'Judge0 is currently in maintenance.' }],
    ['a refused key', 401, ''],
    ['a refused address', 403, ''],
    ['too many requests', 429, ''],
    ['a broken judge', 500, ''],
    ['a page of something else', 200, '<html>'],
    ['JSON of something else', 200, { hello: 'world' }],
  ])('takes %s for a judge that is away', async (_what, status, body) => {
    for (const ask of [
      () => client().createBatch([oneCase()]),
      () => client().getBatch(['x']),
      () => client().languages(),
    ]) {
      judge.instead = [[status, body]];
      await expect(ask()).rejects.toBeInstanceOf(JudgeUnavailableError);
    }
  });

  test('takes no answer at all for a judge that is away', async () => {
    await judge.stop();
    await expect(client().about()).rejects.toBeInstanceOf(JudgeUnavailableError);
  });

  test('says so when one case of a batch is refused, or all are', async () => {
    const bad = oneCase({ sourceCode: '' });
    await expect(client().createBatch([oneCase(), bad])).rejects.toBeInstanceOf(JudgeRefusedError);
    await expect(client().createBatch([bad])).rejects.toThrow("can't be blank");
  });

  test('keeps the key out of its errors', async () => {
    judge.instead = [[500, '']];
    const error = await client()
      .languages()
      .catch((thrown: unknown) => thrown as Error);
    expect(JSON.stringify([error, (error as Error).message, (error as Error).stack])).not.toContain(
      'the key',
    );
  });
});

describe('running cases', () => {
  const run = async (cases: JudgeCase[], options: { deadlineMs?: number; signal?: AbortSignal } = {}) => {
    const landed: number[] = [];
    for await (const group of runCases(client(), cases, { deadlineMs: 10_000, ...options })) {
      landed.push(...group.map(({ index }) => index));
    }
    return landed;
  };

  test('few are sent at first, then more, and never more than a batch holds', async () => {
    expect((await run(many(45))).sort((a, b) => a - b)).toEqual(many(45).map((_, index) => index));
    const created = judge.requests.filter(({ method }) => method === 'POST');
    const sizes = created.map(({ body }): number => JSON.parse(body).submissions.length);
    expect(sizes[0]).toBe(4);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(45);
    for (const { query } of judge.requests) {
      expect(query.get('tokens')?.split(',').length ?? 0).toBeLessThanOrEqual(20);
    }
  });

  test('none need no judge', async () => {
    expect(await run([])).toEqual([]);
    expect(judge.requests).toEqual([]);
  });

  test('each lands once, when it is done', async () => {
    judge.finish = ({ stdin }) => ({ ...acceptedRow, stdout: stdin });
    judge.pollsUntilDone = 3;
    expect((await run(many(3))).sort()).toEqual([0, 1, 2]);
  });

  test('those that the judge forgot are sent again, and only those', async () => {
    judge.pollsUntilDone = 2;
    let forgetting = true;
    const finish = judge.finish;
    judge.finish = (sent) => {
      if (forgetting && judge.requests.length > 0) setTimeout(() => judge.forget(), 1);
      forgetting = false;
      return finish(sent);
    };
    expect((await run(many(2))).sort()).toEqual([0, 1]);
    expect(judge.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  test('a judge that forgets again and again is given up', async () => {
    judge.finish = () => {
      setTimeout(() => judge.forget(), 1);
      return acceptedRow;
    };
    await expect(run(many(1))).rejects.toThrow('the judge forgets what it is given');
    expect(judge.requests.filter(({ method }) => method === 'POST')).toHaveLength(4);
  });

  test('a judge that does not finish is given up at the deadline', async () => {
    judge.pollsUntilDone = Infinity;
    await expect(run(many(1), { deadlineMs: 100 })).rejects.toBeInstanceOf(JudgeUnavailableError);
  });

  test('a reader that leaves ends the asking', async () => {
    judge.pollsUntilDone = Infinity;
    const left = new AbortController();
    const running = run(many(1), { signal: left.signal });
    left.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a connection kept open', () => {
  // Answers the first request of each connection and cuts it off at the second, as a server does that closes an idle
  // connection in the moment in which the client uses it again.
  const startCuttingServer = async () => {
    const used = new WeakSet<object>();
    let answered = 0;
    const server = await startSmallServer((request, response) => {
      if (used.has(request.socket)) {
        request.socket.resetAndDestroy();
        return;
      }
      used.add(request.socket);
      answered += 1;
      response.setHeader('content-type', 'application/json').end('[{"id":71,"name":"Python"}]');
    });
    return { ...server, answered: () => answered };
  };

  test('that the judge closed in the meantime is no failure: the request goes out on a new one', async () => {
    const server = await startCuttingServer();
    const { languages } = createJudgeClient({ url: server.url, key: undefined });
    for (let calls = 1; calls <= 3; calls += 1) {
      expect(await languages()).toEqual([{ id: 71, name: 'Python' }]);
    }
    expect(server.answered()).toBe(3);
    await server.stop();
  });

  test('that is cut off while it is new is a judge that is away', async () => {
    const server = await startSmallServer((request) => request.socket.resetAndDestroy());
    const { languages } = createJudgeClient({ url: server.url, key: undefined });
    await expect(languages()).rejects.toThrow(JudgeUnavailableError);
    await server.stop();
  });
});
