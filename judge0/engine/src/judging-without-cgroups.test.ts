import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type EngineFixture, startEngine } from './testing/engine-fixture.js';

const [BASH, C, PYTHON] = [46, 50, 71];

let engine: EngineFixture;
beforeAll(async () => (engine = await startEngine({ SANDBOX_MODE: 'helper' })));
afterAll(() => engine.stop());

test('the mode is told', () => expect(engine.engine.info.sandboxMode).toBe('helper'));

test('CPU time of orphans is measured and held', async () => {
  const source = 'import os,time\nif os.fork()==0:\n  os.setsid()\n  while True: pass\ntime.sleep(9)';
  const verdict = await engine.run(PYTHON, source, {
    cpu_time_limit: 0.4,
    cpu_extra_time: 0,
    wall_time_limit: 9,
  });
  expect(verdict).toMatchObject({ status: { id: 5 }, message: 'Time limit exceeded' });
});

test('children that nobody waits for cannot hide their CPU time', async () => {
  const source =
    '#include <signal.h>\n#include <unistd.h>\n#include <time.h>\n' +
    'int main(){signal(SIGCHLD,SIG_IGN);for(;;){if(fork()==0){clock_t e=clock()+CLOCKS_PER_SEC/10;while(clock()<e);_exit(0);}usleep(105000);}}';
  const verdict = await engine.run(C, source, {
    cpu_time_limit: 0.6,
    cpu_extra_time: 0,
    wall_time_limit: 12,
  });
  expect(verdict).toMatchObject({ status: { id: 5 }, message: 'Time limit exceeded' });
});

test.each([
  ['heap', 'a=[]\nwhile True: a.append(bytearray(1<<20))'],
  [
    'private disk',
    // A full disk is no end here: what it holds stays until the watch has seen it.
    'import time\ni=0\nwhile True:\n  try: open(f"/tmp/{i}","wb").write(bytes(1000000)); i+=1\n  except OSError: time.sleep(9)',
  ],
  [
    'many processes',
    'import os,time\nfor i in range(8):\n  if os.fork()==0: x=bytearray(12<<20); time.sleep(9)\ntime.sleep(9)',
  ],
])('memory is held: %s', async (_name, source) => {
  const verdict = await engine.run(PYTHON, source, { memory_limit: 50000, wall_time_limit: 5 });
  expect(verdict).toMatchObject({ status: { id: 11 }, exit_code: 137, limit_hint: 'memory_limit_exceeded' });
});

test('a normal program is measured and accepted', async () => {
  const verdict = await engine.run(PYTHON, 'x=bytearray(30<<20)\nprint(sum(range(10**6)))', {
    expected_output: '499999500000',
  });
  expect(verdict.status.id).toBe(3);
  expect(verdict.memory).toBeGreaterThan(30_000);
  expect(Number(verdict.time)).toBeGreaterThan(0.01);
});

test('a sleeper ends by wall time', async () => {
  expect(await engine.run(BASH, 'sleep 30', { wall_time_limit: 1 })).toMatchObject({ status: { id: 5 } });
});
