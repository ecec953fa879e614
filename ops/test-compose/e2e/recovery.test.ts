import { beforeAll, expect, test } from '@jest/globals';
import { untilHealthy } from '../stack-life.js';
import { containersOf, mustCompose } from '../stack.js';
import { startStack } from '../stack-life.js';
import { ask, read, rightProgram, signIn, stack, submit } from './client.js';
import { judgedSince, sql, watchVerdicts } from './database.js';
import { until } from './waiting.js';

/** Whom a submission passes on its way, or what it is stored with. */
const services = ['grader', 'engine', 'redis', 'api', 'web', 'auth', 'rest', 'storage', 'caddy', 'db'];

let begun: string;
const headersOf: Record<string, { authorization: string }> = {};

beforeAll(async () => {
  await watchVerdicts();
  [begun = ''] = await sql('select clock_timestamp()');
  for (let index = 6; index <= 9; index += 1) {
    headersOf[index] = await signIn(`learner${index}@demo.school`);
  }
});

/** Ends the first process of a service at once, as the kernel does when memory runs out. Docker then restarts it. */
const crash = (service: string): string => {
  const container = containersOf(stack.project).find((each) => each.service === service);
  if (!container?.pid) throw new Error(`${service} does not run`);
  process.kill(container.pid, 'SIGKILL');
  return container.id;
};

const running = async (): Promise<number> =>
  Number((await sql(`select count(*) from public.submissions where status = 'running'`))[0]);

test.each(services.map((service, index) => [service, 6 + (index % 4)] as const))(
  'when %s is killed while programs are judged, the platform is there again by itself',
  async (service, learner) => {
    const headers = headersOf[learner] ?? {};
    for (let count = 0; count < 2; count += 1) {
      expect(await submit(headers, rightProgram(0.3))).toMatchObject({ status: 202 });
    }
    await until('a program is judged', async () => (await running()) > 0);
    const id = crash(service);
    await until(
      `${service} started again`,
      () => containersOf(stack.project).find((each) => each.id === id)?.pid,
    );
    await untilHealthy(stack.project);
    await until('a submission is taken', async () => (await submit(headers, rightProgram(0))).status === 202);
    expect((await ask('/login')).status).toBe(200);
  },
);

test('no submission was lost, and each has one verdict, the right one', async () => {
  const judged = await until(
    'all judged',
    async () => {
      const all = await judgedSince(begun);
      return all.every(({ status }) => status === 'finished' || status === 'judge_failed') ? all : null;
    },
    { limitMs: 240_000 },
  );
  expect(judged.length).toBeGreaterThanOrEqual(3 * services.length);
  for (const each of judged) {
    expect(each).toEqual({
      status: 'finished',
      verdict: 'accepted',
      testsPassed: 8,
      results: 8,
      timesFinished: 1,
    });
  }
});

test('after everything was taken down and started again, all is as it was', async () => {
  const headers = headersOf[6] ?? {};
  const before = await read('/api/submissions?limit=50', { headers });
  expect((JSON.parse(before.body) as { submissions: unknown[] }).submissions.length).toBeGreaterThan(0);
  await mustCompose(stack, ['down']);
  expect(containersOf(stack.project)).toEqual([]);
  await startStack(stack);
  // Whoever was signed in still is, and the certificate's authority is the same, since ask() trusts no other.
  const after = await read('/api/submissions?limit=50', { headers });
  expect(JSON.parse(after.body)).toEqual(JSON.parse(before.body));
  await signIn('learner10@demo.school');
});
