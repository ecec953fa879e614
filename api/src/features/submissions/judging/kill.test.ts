import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  failWhenItDies,
  startChild,
  waitUntilHealthy,
  type RunningChild,
} from '../../../../../ops/embedded/child-process.js';
import {
  freePort,
  startEngine,
  startSupabase,
  type TestEngine,
  type TestSupabase,
} from '../../../../../ops/embedded/test-stack.js';
import { startJudgeProxy } from '../../../../test/judge-proxy.js';
import type * as WorldModule from '../../../../test/world.js';
import type { SubmissionDetail } from '../schema.js';

const testsEach = 6;
const submissionsEach = 3;
const tests = Array.from({ length: testsEach }, (_, at) => ({
  stdin: `${at}\n`,
  expected_output: `${at}\n`,
  sample: at === 0,
}));

let directory: string;
let supabase: TestSupabase;
let engine: TestEngine;
let proxy: Awaited<ReturnType<typeof startJudgeProxy>>;
let api: RunningChild;
let grader: RunningChild;
let apiUrl: string;
let fixtures: typeof WorldModule;
let world: WorldModule.World;
let problemSlug: string;

const startProgram = (name: 'server' | 'grader', port: number): RunningChild => {
  const child = startChild({
    name,
    args: ['--import', 'tsx', `api/src/${name}.ts`],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      APP_ENV: 'development',
      API_PORT: String(port),
      APP_URL: 'http://localhost:3000',
      API_URL: apiUrl,
      SUPABASE_URL: supabase.url,
      SUPABASE_ANON_KEY: supabase.anonKey,
      SUPABASE_SERVICE_ROLE_KEY: supabase.serviceRoleKey,
      SUPABASE_JWT_SECRET: supabase.jwtSecret,
      JUDGE0_API_URL: proxy.url,
      JUDGE0_API_KEY: engine.token,
      GRADER_LEASE_SECONDS: '2',
      // The test looks more often than a person would.
      RATE_LIMIT_READ: '10000/1m',
      RATE_LIMIT_EXECUTION: '10000/1m',
    },
    logFile: path.join(directory, `${name}.log`),
  });
  failWhenItDies(child);
  return child;
};

const startApi = async (port: number): Promise<void> => {
  api = startProgram('server', port);
  await waitUntilHealthy(api, { url: `${apiUrl}/api/ready` });
};

const call = async (method: string, route: string, body?: object): Promise<unknown> => {
  const answer = await fetch(`${apiUrl}${route}`, {
    method,
    headers: { authorization: `Bearer ${world.learner.accessToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

const program = (name: string): string => `# ${name}\nimport time\ntime.sleep(0.25)\nprint(input())\n`;

const submitAll = (victim: string): Promise<string[]> =>
  Promise.all(
    Array.from({ length: submissionsEach }, async (_, at) => {
      const created = await call('POST', '/api/submissions', {
        problemSlug,
        languageId: 71,
        sourceCode: program(`${victim} ${at}`),
      });
      return (created as { id: string }).id;
    }),
  );

const read = (id: string): Promise<SubmissionDetail> =>
  call('GET', `/api/submissions/${id}`) as Promise<SubmissionDetail>;

const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('waited too long');
    await sleep(50);
  }
};

const partlyJudged = (ids: string[]): Promise<SubmissionDetail> =>
  until(async () => {
    const all = await Promise.all(ids.map(read));
    return all.find(({ status, results }) => status === 'running' && results.length > 0);
  });

const allFinished = (ids: string[]): Promise<SubmissionDetail[]> =>
  until(async () => {
    const all = await Promise.all(ids.map(read));
    return all.every(({ status }) => status === 'finished') ? all : undefined;
  });

const expectOneVerdictEach = async (finished: SubmissionDetail[]): Promise<void> => {
  for (const submission of finished) {
    expect(submission).toMatchObject({ verdict: 'accepted', testsPassed: testsEach, score: 10 });
    expect(submission.results.map(({ index }) => index)).toEqual(tests.map((_, at) => at));
  }
  await sleep(500);
  const later = await Promise.all(finished.map(({ id }) => read(id)));
  expect(later).toEqual(finished);
};

const timesSent = ({ sourceCode, results }: SubmissionDetail): number[] =>
  results.map(({ index }) => {
    const { stdin } = tests[index] as { stdin: string };
    return proxy.sent.filter((one) => one.sourceCode === sourceCode && one.stdin === stdin).length;
  });

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'kill-'));
  [supabase, engine] = await Promise.all([startSupabase(), startEngine()]);
  proxy = await startJudgeProxy(() => engine.url);
  process.env['TEST_SUPABASE_URL'] = supabase.url;
  process.env['TEST_SUPABASE_ANON_KEY'] = supabase.anonKey;
  process.env['TEST_SUPABASE_SERVICE_ROLE_KEY'] = supabase.serviceRoleKey;
  fixtures = await import('../../../../test/world.js');
  world = await fixtures.createWorld();
  problemSlug = (await fixtures.createProblem(world.course, { tests, position: 1 })).slug;
  const port = await freePort();
  apiUrl = `http://127.0.0.1:${port}`;
  await startApi(port);
  grader = startProgram('grader', 0);
}, 120_000);

afterAll(async () => {
  await Promise.all([api.stop(), grader.stop()]);
  await Promise.all([supabase.stop(), engine.stop(), proxy.stop()]);
  await rm(directory, { recursive: true, force: true });
});

describe('a submission gets exactly one verdict, whatever is killed while it is judged', () => {
  test('the grader: the next one takes over and runs only what was not stored', async () => {
    const ids = await submitAll('grader');
    const stored = await partlyJudged(ids);
    grader.kill('SIGKILL');
    await grader.exited;
    const before = await read(stored.id);
    const sentBefore = timesSent(before);
    grader = startProgram('grader', 0);
    await expectOneVerdictEach(await allFinished(ids));
    expect(timesSent(before)).toEqual(sentBefore);
  }, 90_000);

  test('the engine: its results so far stay, the rest is sent again once it is back', async () => {
    const ids = await submitAll('engine');
    const stored = await partlyJudged(ids);
    const { port, token } = engine;
    await engine.kill();
    const before = await read(stored.id);
    const sentBefore = timesSent(before);
    expect(before.verdict).toBeNull();
    engine = await startEngine({ port, token });
    await expectOneVerdictEach(await allFinished(ids));
    expect(timesSent(before)).toEqual(sentBefore);
  }, 90_000);

  test('the api: what it took is judged all the same', async () => {
    const ids = await submitAll('api');
    await partlyJudged(ids);
    api.kill('SIGKILL');
    await api.exited;
    await startApi(Number(new URL(apiUrl).port));
    await expectOneVerdictEach(await allFinished(ids));
  }, 90_000);
});
