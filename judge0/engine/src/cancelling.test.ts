import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type EngineFixture, startEngine } from './testing/engine-fixture.js';

const PYTHON = 71;
const C = 50;
const sleeping = 'import time\nwhile True:\n    time.sleep(1)\n';
const hello = 'print("hello")\n';

let engine: EngineFixture;

beforeAll(async () => {
  engine = await startEngine({ SLOTS: '2', RUN_SLOTS: '1' });
});
afterAll(() => engine.stop());

const encode = (text: string) => Buffer.from(text).toString('base64');

const send = async (source: string, count: number, fields: object): Promise<string[]> => {
  const one = { language_id: PYTHON, source_code: encode(source), ...fields };
  const answer = await engine.call('POST', '/submissions/batch?base64_encoded=true', {
    submissions: Array.from({ length: count }, () => one),
  });
  return ((await answer.json()) as { token: string }[]).map(({ token }) => token);
};

interface Row {
  status_id: number;
  limit_hint: string | null;
}
const look = async (tokens: string[]): Promise<Row[]> => {
  const fields = 'status_id,limit_hint';
  const answer = await engine.call('GET', `/submissions/batch?tokens=${tokens.join()}&fields=${fields}`);
  return ((await answer.json()) as { submissions: Row[] }).submissions;
};
const until = async (tokens: string[], holds: (rows: Row[]) => boolean): Promise<Row[]> => {
  for (;;) {
    const rows = await look(tokens);
    if (holds(rows)) return rows;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const running = (rows: Row[]) => rows.filter(({ status_id }) => status_id === 2);
const isOver = ({ status_id }: Row) => status_id > 2;
const cancel = async (group: string): Promise<unknown> =>
  (await engine.call('DELETE', `/submissions/groups/${group}`)).json();

test('a group is ended at once, what runs and what waits, and nothing else', async () => {
  const others = await send(sleeping, 1, { group: 'others', wall_time_limit: 20 });
  const tokens = await send(sleeping, 10, { group: 'stop-me', wall_time_limit: 20 });
  await until([...others, ...tokens], (rows) => running(rows).length === 2);
  expect(await cancel('stop-me')).toEqual({ cancelled: 10 });
  // Had they run to their limit, 200 s of waiting would go by here.
  const rows = await until(tokens, (all) => all.every(isOver));
  expect(rows).toEqual(tokens.map(() => ({ status_id: 13, limit_hint: 'cancelled' })));
  expect((await look(others)).map(({ status_id }) => status_id)).toEqual([2]);
  expect(await cancel('others')).toEqual({ cancelled: 1 });
  expect((await engine.run(PYTHON, hello)).stdout).toBe('hello\n');
});

test('what comes after its group was cancelled does not run', async () => {
  await cancel('too-late');
  const rows = await until(await send(sleeping, 2, { group: 'too-late' }), (all) => all.every(isOver));
  expect(rows.map(({ limit_hint }) => limit_hint)).toEqual(['cancelled', 'cancelled']);
});

test('a compile that is left goes on for whoever else waits for it', async () => {
  const source = '#include <stdio.h>\nint main(void) { puts("shared"); return 0; }\n';
  const fields = { language_id: C, source_code: encode(source), group: 'leaves' };
  const [token = ''] = await send('', 1, fields);
  const stays = engine.run(C, source);
  await cancel('leaves');
  expect((await stays).stdout).toBe('shared\n');
  await until([token], (all) => all.every(isOver));
});

test('a run is answered while sleeping programs have every other place', async () => {
  const tokens = await send(sleeping, 20, { group: 'sleepers', wall_time_limit: 20 });
  await until(tokens, (rows) => running(rows).length === 2);
  const run = await engine.run(PYTHON, hello, { lane: 'run' });
  expect(run.stdout).toBe('hello\n');
  expect((await look(tokens)).filter(isOver)).toEqual([]);
  await cancel('sleepers');
  await until(tokens, (all) => all.every(isOver));
});

test('cancelled programs are no failures of the engine', async () => {
  const metrics = await (await engine.call('GET', '/metrics')).text();
  expect(metrics).toMatch(/engine_submissions_total\{language="[^"]+",status="Cancelled"\} \d+/);
  expect(metrics).not.toContain('status="Internal Error"');
  const [queue] = (await (await engine.call('GET', '/workers')).json()) as { failed: number }[];
  expect(queue?.failed).toBe(0);
});

test('a program that only waits ends at its idle limit, one that works at its other limits', async () => {
  const limits = { cpu_time_limit: 3, cpu_extra_time: 0, wall_time_limit: 20, idle_time_limit: 1 };
  const waits = await engine.run(PYTHON, sleeping, limits);
  expect(waits.status.id).toBe(5);
  expect(Number(waits.time)).toBeLessThan(1);
  expect(Number(waits.wall_time)).toBeLessThan(15);
  const reads = await engine.run(PYTHON, 'import threading\nthreading.Event().wait()\n', limits);
  expect(reads.status.id).toBe(5);
  const works = await engine.run(PYTHON, 'while True: pass\n', limits);
  expect(works.status.id).toBe(5);
  expect(Number(works.time)).toBeGreaterThan(2.9);
});

test.each([
  [{ idle_time_limit: 'x' }, { idle_time_limit: ['is not a number'] }],
  [{ idle_time_limit: 0 }, { idle_time_limit: ['must be greater than or equal to 1'] }],
  [{ group: 'a b' }, { group: ['is invalid'] }],
])('%j is refused', async (fields, errors) => {
  const body = { language_id: PYTHON, source_code: 'print(1)', ...fields };
  const answer = await engine.call('POST', '/submissions', body);
  expect([answer.status, await answer.json()]).toEqual([422, errors]);
});
