import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { must } from '../../../judge0/engine/src/container/shell.js';
import { startStack } from '../stack-life.js';
import { containersOf } from '../stack.js';
import { ask, BASH, open, read, rightProgram, signIn, stack, submit } from './client.js';
import { until } from './waiting.js';

const scaled = { api: 3, web: 2, grader: 2 };

beforeAll(async () => {
  const options = Object.entries(scaled).flatMap(([service, count]) => ['--scale', `${service}=${count}`]);
  await startStack(stack, '--no-recreate', ...options);
}, 240_000);

afterAll(() =>
  startStack(stack, '--no-recreate', '--scale', 'api=1', '--scale', 'web=1', '--scale', 'grader=1'),
);

/** Where the host reaches each replica by itself. */
const replicasOf = (service: string, port: number): string[] => {
  const format = `{{(index .NetworkSettings.Networks "${stack.project}_app").IPAddress}}`;
  return containersOf(stack.project)
    .filter((container) => container.service === service)
    .map(({ id }) => `http://${must('docker', 'inspect', '--format', format, id)}:${port}`);
};

const program = 'read coins price\necho $((coins / price))\necho $((coins % price))\n';

/** Reads a stream of server-sent events to its end: the names of the events, in order. */
const eventsOf = async (base: string, id: string, headers: Record<string, string>): Promise<string[]> => {
  const stream = await open(`/api/submissions/${id}/events`, {
    base,
    headers: { ...headers, accept: 'text/event-stream' },
  });
  expect(stream.statusCode).toBe(200);
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return [...text.matchAll(/^event: ?(\w+)$/gm)].map(([, name = '']) => name);
};

describe('three apis, two webs, two graders', () => {
  test('run', () => {
    for (const [service, count] of Object.entries(scaled)) {
      expect(containersOf(stack.project).filter((each) => each.service === service)).toHaveLength(count);
    }
  });

  test('know a session that one of them opened', async () => {
    const headers = await signIn('learner2@demo.school');
    for (const base of replicasOf('api', 4000)) {
      const me = await read('/api/me', { base, headers });
      expect(JSON.parse(me.body)).toMatchObject({ email: 'learner2@demo.school' });
    }
    const credentials = {
      email: 'learner2@demo.school',
      password: stack.passwords['learner2@demo.school'] ?? '',
    };
    const signedIn = await ask('/login', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: `https://${stack.domain}:${stack.httpsPort}`,
      },
      text: new URLSearchParams(credentials).toString(),
    });
    const cookie = (signedIn.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ');
    expect(signedIn.status).toBe(302);
    for (const base of replicasOf('web', 3000)) {
      const dashboard = await read('/dashboard', { base, headers: { cookie, 'x-forwarded-proto': 'https' } });
      expect(dashboard.status).toBe(200);
      expect(dashboard.body).toContain('Learner 2');
    }
  });

  test('count together: of eleven executions in a minute, one is too many', async () => {
    const headers = await signIn('learner3@demo.school');
    const bases = replicasOf('api', 4000);
    // At most five submissions of one learner may wait, and those that are one too many count as executions as well.
    const answers = await Promise.all(
      Array.from({ length: 11 }, (_, index) =>
        submit(headers, program, { languageId: BASH, base: bases[index % bases.length] }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(statuses.filter((status) => status === 202 || status === 409)).toHaveLength(10);
    expect(statuses.filter((status) => status === 202).length).toBeGreaterThanOrEqual(5);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    for (const base of bases) {
      expect((await submit(headers, program, { languageId: BASH, base })).status).toBe(429);
    }
  });

  test('tell everybody who watches, whichever of them judges', async () => {
    const headers = await signIn('learner4@demo.school');
    const { id } = JSON.parse((await submit(headers, rightProgram(0.2))).body) as { id: string };
    const told = await Promise.all(replicasOf('api', 4000).map((base) => eventsOf(base, id, headers)));
    for (const events of told) {
      expect(events.filter((name) => name === 'test')).toHaveLength(8);
      expect(events.at(-1)).toBe('finished');
    }
  });

  test('share the work: both graders judge', async () => {
    // Five of one learner may wait at once.
    const learners = await Promise.all(['learner4', 'learner5'].map((name) => signIn(`${name}@demo.school`)));
    const ids = await Promise.all(
      learners.flatMap((headers) =>
        Array.from({ length: 5 }, async () => {
          const answer = await submit(headers, rightProgram(0.1));
          expect(answer.status).toBe(202);
          return { headers, id: (JSON.parse(answer.body) as { id: string }).id };
        }),
      ),
    );
    await until(
      'all judged',
      async () => {
        const states = await Promise.all(
          ids.map(async ({ headers, id }) => (await ask(`/api/submissions/${id}`, { headers })).body),
        );
        return states.every((body) => (JSON.parse(body) as { status: string }).status === 'finished');
      },
      { pauseMs: 1000 },
    );
    for (const base of replicasOf('grader', 9400)) {
      const { body } = await ask('/metrics', { base });
      const verdicts = [...body.matchAll(/^submission_verdicts_total\{[^}]*\} (\d+)/gm)];
      expect(verdicts.reduce((sum, [, count]) => sum + Number(count), 0)).toBeGreaterThan(0);
    }
  });
});
