/** What a program printed before it was ended stands in the answer, whether or not it had left the program's buffer. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EngineFixture, startEngine } from './testing/engine-fixture.js';

const [BASH, C, CPP, JAVA, NODE, PYTHON] = [46, 50, 54, 62, 63, 71];

const QUICK = { cpu_time_limit: 0.4, cpu_extra_time: 0, wall_time_limit: 20 };
const SLEEPING = { wall_time_limit: 2 };
const SMALL = { memory_limit: 64_000, wall_time_limit: 20 };
const JAVA_SIZED = { cpu_time_limit: 3, memory_limit: 256_000, wall_time_limit: 20 };

const cpp = (body: string) => `#include <iostream>\n#include <vector>\nint main() { ${body} }`;
const c = (body: string) =>
  `#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\nint deeper(int n) { char room[999]; room[0] = n; return deeper(n + 1) + room[0]; }\nint main(void) { printf("start"); ${body} }`;
const java = (body: string) =>
  `public class Main { public static void main(String[] a) { System.out.print("start"); ${body} } }`;

type Fields = Record<string, unknown>;

const ENDED: [string, number, string, Fields, number][] = [
  ['an endless loop in Python', PYTHON, 'print("start")\nwhile True: pass', QUICK, 5],
  ['a long step in Python', PYTHON, 'print("start")\nx = 10 ** 10 ** 8', QUICK, 5],
  ['a sleeping Python', PYTHON, 'import time\nprint("start")\ntime.sleep(60)', SLEEPING, 5],
  [
    'a Python with threads',
    PYTHON,
    'import threading\nprint("start")\nthreading.Thread(target=lambda: [0 for _ in iter(int, 1)]).start()',
    QUICK,
    5,
  ],
  ['an endless loop in C', C, c('for (;;);'), QUICK, 5],
  ['an endless loop in C++', CPP, cpp('std::cout << "start"; for (;;);'), QUICK, 5],
  [
    'a C++ that does without stdio',
    CPP,
    cpp('std::ios::sync_with_stdio(false); std::cout << "start"; for (;;);'),
    QUICK,
    5,
  ],
  ['an endless loop in Bash', BASH, 'echo start\nwhile :; do :; done', QUICK, 5],
  [
    'an endless loop in JavaScript',
    NODE,
    'process.stdout.write("start"); for (;;);',
    { ...QUICK, memory_limit: 256_000 },
    5,
  ],
  ['an endless loop in Java', JAVA, java('for (;;);'), JAVA_SIZED, 5],
  ['a null pointer in C', C, c('*(volatile int *)0 = 1;'), {}, 11],
  ['a C that calls itself without end', C, c('return deeper(0);'), {}, 11],
  ['abort in C', C, c('abort();'), {}, 11],
  ['an exception in C++', CPP, cpp('std::cout << "start"; std::vector<int> v; v.at(3);'), {}, 11],
  ['a crash of Python itself', PYTHON, 'import ctypes\nprint("start")\nctypes.string_at(0)', {}, 11],
  [
    'a list without end in Python',
    PYTHON,
    'print("start")\na = []\nwhile True: a.append(bytearray(1 << 20))',
    SMALL,
    11,
  ],
  ['a text without end in Python', PYTHON, 'print("start")\na = "x"\nwhile True: a += a', SMALL, 11],
  ['memory without end in C', C, c('for (;;) memset(malloc(65536), 1, 65536);'), SMALL, 11],
  [
    'memory without end in C++',
    CPP,
    cpp(
      'std::ios::sync_with_stdio(false); std::cout << "start"; std::vector<int> v; for (;;) v.push_back(1);',
    ),
    SMALL,
    11,
  ],
  ['memory without end in Bash', BASH, 'echo start\na=xxxxxxxx\nwhile :; do a=$a$a; done', SMALL, 11],
];

describe.each([
  ['as this machine measures', {}],
  ['without control groups', { SANDBOX_MODE: 'helper' }],
])('%s, what was printed is told of', (_mode, settings: Record<string, string>) => {
  let engine: EngineFixture;
  beforeAll(async () => (engine = await startEngine(settings)));
  afterAll(() => engine.stop());

  test.each(ENDED)('%s', async (_what, language, source, fields, statusId) => {
    const verdict = await engine.run(language, source, fields);
    expect(verdict).toMatchObject({ status: { id: statusId }, stdout: expect.stringMatching(/^start\n?$/) });
    if (fields === SMALL)
      expect(verdict).toMatchObject({ exit_code: 137, limit_hint: 'memory_limit_exceeded' });
  });

  test('what a forked copy holds is not told twice', async () => {
    const source = 'import os\nprint("once")\nos.fork()\nwhile True: pass';
    expect(await engine.run(PYTHON, source, QUICK)).toMatchObject({ status: { id: 5 }, stdout: 'once\n' });
  });

  test('a program that will not end by itself is ended', async () => {
    const source =
      'import signal, sys\nprint("start", flush=True)\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass';
    expect(await engine.run(PYTHON, source, QUICK)).toMatchObject({ status: { id: 5 }, stdout: 'start\n' });
    expect(await engine.run(BASH, 'echo alive')).toMatchObject({ status: { id: 3 }, stdout: 'alive\n' });
  });
});

describe('nothing else changes', () => {
  let engine: EngineFixture;
  beforeAll(async () => (engine = await startEngine()));
  afterAll(() => engine.stop());

  test('what a program prints stays in its buffer until that is full: it writes as seldom as ever', async () => {
    const source =
      'import os, sys\nfor i in range(1000): print(i)\nprint(os.fstat(1).st_size, file=sys.stderr)';
    expect(await engine.run(PYTHON, source)).toMatchObject({ status: { id: 3 }, stderr: '0\n' });
  });

  test('a handler of the program’s own is the one that counts', async () => {
    const source = `#include <stdio.h>\n#include <signal.h>\n#include <stdlib.h>\nvoid own(int s) { puts("own"); exit(7); }\nint main(void) { signal(SIGSEGV, own); *(volatile int *)0 = 1; }`;
    expect(await engine.run(C, source)).toMatchObject({ exit_code: 7, stdout: 'own\n' });
  });

  test('a sanitizer that is compiled in is the first library', async () => {
    const source = '#include <stdlib.h>\nint main(void) { char *p = malloc(4); p[5] = 1; return 0; }';
    const verdict = await engine.run(C, source, {
      compiler_options: '-fsanitize=address',
      memory_limit: 512_000,
    });
    expect(verdict.stderr ?? '').not.toMatch(/does not come first/);
  });
});
