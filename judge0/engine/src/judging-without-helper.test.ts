import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { type EngineFixture, startEngine } from './testing/engine-fixture.js';

const [BASH, C, PYTHON] = [46, 50, 71];
const hasWritableGroups = process.getuid?.() === 0 && existsSync('/sys/fs/cgroup');

// Without the helper only control groups can measure.
if (hasWritableGroups) describeRuns();
else {
  test('with neither the helper nor writable control groups the engine does not start', async () => {
    await expect(startEngine({ INIT_HELPER: 'off' })).rejects.toThrow();
  });
}

function describeRuns(): void {
  let engine: EngineFixture;
  beforeAll(async () => (engine = await startEngine({ INIT_HELPER: 'off' })));
  afterAll(() => engine.stop());

  test('exit codes, signals and outputs are the same', async () => {
    expect(await engine.run(BASH, 'cat; exit 3', { stdin: 'x' })).toMatchObject({
      stdout: 'x',
      exit_code: 3,
    });
    expect(await engine.run(C, 'int main(){*(volatile int*)0=1;}')).toMatchObject({
      status: { id: 11 },
      exit_code: 139,
    });
  });

  test('CPU, wall time and memory are held', async () => {
    const limits = { cpu_time_limit: 0.4, cpu_extra_time: 0, wall_time_limit: 5 };
    expect(await engine.run(PYTHON, 'while True: pass', limits)).toMatchObject({
      message: 'Time limit exceeded',
    });
    expect(await engine.run(BASH, 'sleep 9', { wall_time_limit: 1 })).toMatchObject({ status: { id: 5 } });
    const hog = await engine.run(PYTHON, 'a=[]\nwhile True: a.append(bytearray(1<<20))', {
      memory_limit: 40000,
    });
    expect(hog).toMatchObject({ exit_code: 137, limit_hint: 'memory_limit_exceeded' });
  });

  test.each([4, 20])('of %d processes each can be had, and none more', async (limit) => {
    const source =
      '#include <unistd.h>\n#include <stdio.h>\nint main(){int n=0,p;while((p=fork())>0)n++;if(p==0)pause();printf("%d\\n",n);}';
    const verdict = await engine.run(C, source, { max_processes_and_or_threads: limit });
    // The shell that runs the program, and the program.
    expect(verdict.stdout).toBe(`${limit - 2}\n`);
  });

  test('only the standard descriptors are open', async () => {
    const source =
      'import os\nprint(sorted(os.listdir("/proc/self/fd"))[:3], len(os.listdir("/proc/self/fd")))';
    expect((await engine.run(PYTHON, source)).stdout).toBe("['0', '1', '2'] 4\n");
  });
}
