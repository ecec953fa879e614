/**
 * An official Judge0 by what was recorded of v1.13.1: where control groups are missing every program ends in status 13,
 * unless both per-process flags are set; a server that does not allow the flags answers 422 with "this option cannot be
 * enabled"; with them Node does not start and javac fails.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { acceptedRow, base64, startOfficialJudge, type OfficialJudge } from '../../test/official-judge.js';
import { waitUntil } from '../../test/wait-until.js';
import { createEnginesProbe } from '../features/health/engines.js';
import { createLanguageCatalog } from './catalog.js';
import { createJudgeClient } from './client.js';
import type { JudgeCase } from './wire-format.js';
import { createJudgePool } from './pool.js';
import { withLimitsMode } from './process-limits.js';

let judge: OfficialJudge;

beforeEach(async () => {
  judge = await startOfficialJudge();
  judge.pollsUntilDone = 0;
  judge.installed = [46, 50, 54, 62, 63, 71];
});
afterEach(() => judge.stop());

const internalError = {
  ...acceptedRow,
  status_id: 13,
  stdout: null,
  message: base64('No such file or directory @ rb_sysopen - /box/script.sh'),
};
const withoutControlGroups = (): void => {
  judge.finish = (sent) => (sent.enable_per_process_and_thread_time_limit ? acceptedRow : internalError);
};
const caseOf = (languageId: number): JudgeCase => ({
  languageId,
  sourceCode: 'x',
  stdin: '',
  expectedOutput: null,
  limits: { cpuMs: 1000, wallMs: 5000, idleMs: 3000, memoryKb: 128_000 },
});
const sent = () =>
  judge.requests
    .filter(({ method }) => method === 'POST')
    .flatMap(({ body }) => (JSON.parse(body) as { submissions: Record<string, unknown>[] }).submissions);
const flagsOf = (one: Record<string, unknown> | undefined) => [
  one?.['enable_per_process_and_thread_time_limit'],
  one?.['enable_per_process_and_thread_memory_limit'],
];
const client = (now?: () => number) =>
  withLimitsMode(createJudgeClient({ url: judge.url, key: undefined }), now);
const ids = async (languages: Promise<{ id: number }[]>) => (await languages).map(({ id }) => id);

describe('a judge whose control groups work', () => {
  test('gets no flags, and every language', async () => {
    const sound = client();
    await sound.createBatch([caseOf(62)]);
    expect(sent()).toHaveLength(2);
    for (const one of sent()) expect(flagsOf(one)).toEqual([undefined, undefined]);
    expect(await ids(sound.languages())).toEqual(judge.installed);
    expect(sound.limitsNote()).toBeNull();
  });

  test('is looked at once, however many programs come at once', async () => {
    const sound = client();
    await Promise.all([1, 2, 3].map(() => sound.createBatch([caseOf(71)])));
    expect(sent()).toHaveLength(4);
  });

  test('unless its own settings put the flags on every program', async () => {
    judge.config = {
      enable_per_process_and_thread_time_limit: true,
      enable_per_process_and_thread_memory_limit: true,
    };
    const limited = client();
    await limited.createBatch([caseOf(71)]);
    expect(flagsOf(sent().at(-1))).toEqual([undefined, undefined]);
    await expect(limited.createBatch([caseOf(62)])).rejects.toThrow('Java cannot run on this judge');
  });
});

describe('a judge without control groups', () => {
  beforeEach(withoutControlGroups);

  test.each([
    [71, 'Python'],
    [50, 'C'],
    [54, 'C++'],
    [46, 'Bash'],
  ])('gets both flags for language %i (%s), which survives them', async (languageId) => {
    await client().createBatch([caseOf(languageId)]);
    expect(flagsOf(sent().at(-1))).toEqual([true, true]);
  });

  test.each([
    [63, 'JavaScript'],
    [62, 'Java'],
  ])('is sent nothing in language %i (%s), which does not', async (languageId, name) => {
    const limited = client();
    await expect(limited.createBatch([caseOf(71), caseOf(languageId)])).rejects.toMatchObject({
      name: 'JudgeRefusedError',
      message: `${name} cannot run on this judge: it works without control groups`,
    });
    expect(sent().some((one) => one['language_id'] === languageId)).toBe(false);
  });

  test('offers only those that survive, so that pages do, too', async () => {
    const catalog = createLanguageCatalog(client());
    expect([...((await catalog.installed()) ?? new Map()).keys()]).toEqual([46, 50, 54, 71]);
  });

  test('is well, and health says what it lacks', async () => {
    const pool = createJudgePool({ urls: [judge.url], key: undefined });
    const probe = createEnginesProbe(pool, 0);
    await expect(probe()).resolves.toEqual([
      {
        name: judge.url,
        status: 'healthy',
        reason: expect.stringMatching(
          /works without control groups.*JavaScript and Java are refused.*judge0-engine/,
        ),
      },
    ]);
  });

  test('is found sound again after ten minutes, once it is', async () => {
    let time = 0;
    const limited = client(() => time);
    await limited.createBatch([caseOf(71)]);
    judge.finish = () => acceptedRow;
    await limited.createBatch([caseOf(71)]);
    expect(flagsOf(sent().at(-1))).toEqual([true, true]);
    time += 10 * 60_000;
    // This one begins the look and does not wait for it.
    await limited.createBatch([caseOf(71)]);
    await waitUntil(() => limited.limitsNote() === null);
    await limited.createBatch([caseOf(62)]);
    expect(flagsOf(sent().at(-1))).toEqual([undefined, undefined]);
  });
});

describe('a judge that runs nothing either way', () => {
  test('health says what to do', async () => {
    judge.finish = () => internalError;
    const probe = createEnginesProbe(createJudgePool({ urls: [judge.url], key: undefined }), 0);
    await expect(probe()).rejects.toThrow(/cannot run programs: No such file.*cgroup v2 only.*judge0-engine/);
  });

  test('as it does not allow the flags', async () => {
    judge.finish = () => internalError;
    judge.allowsFlags = false;
    const refused = client();
    await refused.createBatch([caseOf(71)]);
    expect(refused.limitsNote()).toContain('ALLOW_ENABLE_PER_PROCESS_AND_THREAD_');
  });
});

test('a judge that is away is taken for a sound one, and looked at when it is back', async () => {
  let time = 0;
  withoutControlGroups();
  judge.instead = [[503, { error: 'queue is full' }]];
  const limited = client(() => time);
  await limited.createBatch([caseOf(71)]);
  expect(flagsOf(sent().at(-1))).toEqual([undefined, undefined]);
  time += 30_000;
  await limited.createBatch([caseOf(71)]);
  expect(flagsOf(sent().at(-1))).toEqual([true, true]);
});
