/** Two real engines spoken to as one judge; one is killed while both work. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startEngine, type TestEngine } from '../../../ops/embedded/test-stack.js';
import { startJudgeProxy } from '../../test/judge-proxy.js';
import { acceptedRow, startOfficialJudge, type OfficialJudge } from '../../test/official-judge.js';
import { waitUntil } from '../../test/wait-until.js';
import { createEnginesProbe } from '../features/health/engines.js';
import type { JudgeCase } from './wire-format.js';
import { JudgeRefusedError, JudgeUnavailableError } from './client.js';
import { createJudgePool } from './pool.js';
import { runCases } from './run-cases.js';

const patienceMs = 180_000;
const away = 'http://127.0.0.1:9';

const cases = (count: number, sourceCode = 'print(input())'): JudgeCase[] =>
  Array.from({ length: count }, (_, index) => ({
    languageId: 71,
    sourceCode,
    stdin: `${index}\n`,
    expectedOutput: `${index}\n`,
    limits: { cpuMs: 2000, wallMs: 8000, idleMs: 3000, memoryKb: 128_000 },
  }));

const postsOf = (judge: OfficialJudge): number =>
  judge.requests.filter(({ method }) => method === 'POST').length;

describe('two engines', () => {
  const token = 'the-token-of-all-engines';
  let engines: TestEngine[];
  let proxies: Awaited<ReturnType<typeof startJudgeProxy>>[];

  beforeAll(async () => {
    engines = await Promise.all([startEngine({ token }), startEngine({ token })]);
    proxies = await Promise.all(
      engines.map((_, at) => startJudgeProxy(() => (engines[at] as TestEngine).url)),
    );
  }, patienceMs);
  afterAll(async () => {
    await Promise.all([...engines, ...proxies].map((one) => one.stop()));
  });
  const pool = () => createJudgePool({ urls: proxies.map(({ url }) => url), key: token, findLimits: false });

  test(
    'share the work, and every result is asked for where it was made',
    async () => {
      const judge = pool();
      const landed: number[] = [];
      const run = async () => {
        for await (const group of runCases(judge, cases(25), { deadlineMs: 60_000 })) {
          for (const { index, result } of group) {
            expect(result).toMatchObject({ statusId: 3, stdout: `${index}\n` });
            landed.push(index);
          }
        }
      };
      await Promise.all([run(), run()]);
      expect(landed).toHaveLength(50);
      // Nothing was forgotten: each case was sent once, to one of them, and both had some.
      const sent = proxies.map((proxy) => proxy.sent.length);
      expect(sent.reduce((sum, one) => sum + one)).toBe(50);
      expect(Math.min(...sent)).toBeGreaterThan(0);
    },
    patienceMs,
  );

  test(
    'of which one is killed while it judges: the other does its part, and nothing is lost or counted twice',
    async () => {
      const judge = pool();
      const slow = cases(40, 'import time\ntime.sleep(0.15)\nprint(input())');
      const landed: number[] = [];
      let killed = false;
      for await (const group of runCases(judge, slow, { deadlineMs: 120_000 })) {
        for (const { index, result } of group) {
          expect(result).toMatchObject({ statusId: 3, stdout: `${index}\n` });
          landed.push(index);
        }
        if (!killed) await (engines[0] as TestEngine).kill();
        killed = true;
      }
      expect(landed.sort((a, b) => a - b)).toEqual(slow.map((_, index) => index));

      const probe = createEnginesProbe(judge, 0);
      expect(await probe()).toEqual([
        { name: proxies[0]?.url, status: 'unhealthy', reason: expect.stringMatching(/about/) },
        { name: proxies[1]?.url, status: 'healthy', reason: null },
      ]);

      const { port } = engines[0] as TestEngine;
      engines[0] = await startEngine({ token, port });
      const before = proxies[0]?.sent.length ?? 0;
      await waitUntil(async () => {
        for await (const group of runCases(judge, cases(2), { deadlineMs: 60_000 })) void group;
        return (proxies[0]?.sent.length ?? 0) > before;
      });
    },
    patienceMs,
  );
});

describe('a pool', () => {
  let judges: OfficialJudge[];
  beforeEach(async () => {
    judges = await Promise.all([startOfficialJudge(), startOfficialJudge()]);
  });
  afterEach(async () => {
    await Promise.all(judges.map((judge) => judge.stop()));
  });
  const judge = (at: number) => judges[at] as OfficialJudge;
  const pool = (...urls: string[]) => createJudgePool({ urls, key: undefined, findLimits: false });

  test('gives the next batch to the engine that has fewer cases open', async () => {
    const both = pool(judge(0).url, judge(1).url);
    await both.createBatch(cases(3));
    await both.createBatch(cases(1));
    await both.createBatch(cases(1));
    expect(judges.map(postsOf)).toEqual([1, 2]);
  });

  test('counts a case that is done as open no more', async () => {
    judge(0).pollsUntilDone = 0;
    const both = pool(judge(0).url, judge(1).url);
    await both.getBatch(await both.createBatch(cases(3)));
    await both.createBatch(cases(1));
    expect(judges.map(postsOf)).toEqual([2, 0]);
  });

  test.each([
    ['full', 503, { error: 'queue is full' }],
    ['locked to us', 401, ''],
  ])('passes over an engine that is %s', async (_what, status, body) => {
    judge(0).instead = [[status, body]];
    expect(await pool(judge(0).url, judge(1).url).createBatch(cases(2))).toHaveLength(2);
    expect(judges.map(postsOf)).toEqual([1, 1]);
  });

  test('sends a refused case to nobody else: it would be refused there, too', async () => {
    const both = pool(judge(0).url, judge(1).url);
    await expect(both.createBatch(cases(1, ''))).rejects.toBeInstanceOf(JudgeRefusedError);
    expect(judges.map(postsOf)).toEqual([1, 0]);
  });

  test('is away only when every engine is', async () => {
    await expect(pool(away, judge(0).url).about()).resolves.toBeUndefined();
    await expect(pool(away).about()).rejects.toBeInstanceOf(JudgeUnavailableError);
    await expect(pool(away, 'http://127.0.0.1:10').createBatch(cases(1))).rejects.toBeInstanceOf(
      JudgeUnavailableError,
    );
  });

  test('throws when the only engine is away, as it may come back with its results', async () => {
    const single = pool(judge(0).url);
    const tokens = await single.createBatch(cases(1));
    judge(0).instead = [[500, '']];
    await expect(single.getBatch(tokens)).rejects.toBeInstanceOf(JudgeUnavailableError);
    judge(0).pollsUntilDone = 0;
    expect(await single.getBatch(tokens)).toMatchObject([{ statusId: 3 }]);
  });

  test('knows no token that it did not give out', async () => {
    expect(await pool(judge(0).url).getBatch(['gone'])).toEqual([null]);
    expect(judge(0).requests).toEqual([]);
  });

  test('has the languages that every engine has', async () => {
    judge(1).instead = [
      [
        200,
        [
          { id: 50, name: 'C' },
          { id: 71, name: 'Python (3.11.2)' },
        ],
      ],
    ];
    expect(await pool(judge(0).url, judge(1).url).languages()).toEqual([{ id: 71, name: 'Python (3.8.1)' }]);
    judge(1).instead = [[200, [{ id: 50, name: 'C' }]]];
    expect(await pool(judge(0).url, judge(1).url).languages()).toEqual([]);
  });

  test('takes each address of a name for an engine, and leaves the name in its requests', async () => {
    const { port } = new URL(judge(0).url);
    const url = `http://engine.school.example:${port}`;
    const named = createJudgePool({
      urls: [url],
      key: undefined,
      findLimits: false,
      lookup: () => Promise.resolve(['127.0.0.1', '127.0.0.2']),
    });
    expect((await named.engines()).map(({ address }) => address)).toEqual([
      `${url} (127.0.0.1)`,
      `${url} (127.0.0.2)`,
    ]);
    // Nobody listens on the second.
    expect(await named.createBatch(cases(1))).toHaveLength(1);
    expect(await named.createBatch(cases(1))).toHaveLength(1);
    expect(judge(0).requests.map(({ headers }) => headers.host)).toEqual(
      Array.from({ length: 2 }, () => `engine.school.example:${port}`),
    );
  });

  test('goes on with a name that cannot be looked up', async () => {
    const lookup = () => Promise.reject(new Error('EAI_AGAIN'));
    const { port } = new URL(judge(0).url);
    const named = createJudgePool({ urls: [`http://localhost:${port}`], key: undefined, lookup });
    await expect(named.about()).resolves.toBeUndefined();
  });
});

describe('the probe of the engines', () => {
  test('tells nothing of pieces when there is one, and its own reason', async () => {
    const official = await startOfficialJudge();
    const probe = createEnginesProbe(createJudgePool({ urls: [official.url], key: undefined }), 0);
    expect(await probe()).toBeUndefined();
    official.finish = () => ({ ...acceptedRow, status_id: 13 });
    await expect(waitUntil(() => probe().then(() => false))).rejects.toThrow(/^a program .* status 13$/);
    await official.stop();
  });

  test('names every engine when all are away', async () => {
    const other = 'http://127.0.0.1:10';
    const seen: (number | null)[] = [];
    const judge = createJudgePool({ urls: [away, other], key: undefined });
    const probe = createEnginesProbe(judge, 0, (seconds) => seen.push(seconds));
    await expect(probe()).rejects.toThrow(`${away}: about: ECONNREFUSED; ${other}: about: ECONNREFUSED`);
    expect(seen).toEqual([null, null]);
  });
});
