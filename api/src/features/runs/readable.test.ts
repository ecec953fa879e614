/** What a learner reads of a run: errors in plain words with their place, and what was printed before the end. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { requestsBy } from '../../../test/requests.js';
import { createTestApp } from '../../../test/running-app.js';
import { createProblem, createWorld, supabase, type World } from '../../../test/world.js';
import type { RunResult } from './schema.js';

const [bash, c, java, javascript, python] = [46, 50, 62, 63, 71];
const app = createTestApp();
let world: World;
let problemSlug: string;

beforeAll(async () => {
  world = await createWorld();
  ({ slug: problemSlug } = await createProblem(world.course, { position: 60 }));
  const { error } = await supabase.service
    .from('problems')
    .update({ time_limit_ms: 1000, language_ids: [bash, c, java, javascript, python] })
    .eq('slug', problemSlug);
  if (error) throw error;
});

const run = async (languageId: number, sourceCode: string, stdin = ''): Promise<RunResult> => {
  const sent = requestsBy(app, world.learner).post('/api/runs', {
    problemSlug,
    languageId,
    sourceCode,
    stdin,
  });
  return (await sent.expect(200)).body as RunResult;
};

describe('a program that cannot be read is a compile error with its place', () => {
  test.each([
    ['Python', python, 'x = 1\nif x == 1\n    print(x)\n', { line: 2, column: 10 }, /colon is missing/],
    [
      'Python, indented',
      python,
      'def f():\n    if True:\n        x = (1\n',
      { line: 3, column: 13 },
      /never closed/,
    ],
    ['JavaScript', javascript, 'const a = 1;\nlet b = ;\n', { line: 2, column: 9 }, /does not fit/],
    ['Bash', bash, 'echo 1\nfor i in 1 2; echo $i; done\n', { line: 2, column: null }, /does not fit/],
    [
      'C',
      c,
      '#include <stdio.h>\nint main(void) {\n\tint x = y;\n}\n',
      { line: 3, column: 10 },
      /does not know the name “y”/,
    ],
    [
      'Java',
      java,
      'public class Main {\n  public static void main(String[] a) {\n    int x = "a";\n  }\n}\n',
      { line: 3, column: 13 },
      /String cannot|type String/,
    ],
  ])('in %s', async (_name, languageId, source, place, explanation) => {
    const answer = await run(languageId, source);
    expect(answer).toMatchObject({
      cases: [],
      compileOutput: expect.not.stringMatching(/\/box\/|node:internal/),
      help: {
        explanation: expect.stringMatching(explanation),
        places: expect.arrayContaining([expect.objectContaining(place)]),
      },
    });
  });

  test('but not one that runs and then meets broken code', async () => {
    const { cases } = await run(python, 'print(1)\neval("1 +")\n');
    expect(cases).toMatchObject([
      { status: 'runtime_error', stdout: '1\n', help: { places: [{ line: 2 }] } },
    ]);
    const json = await run(javascript, 'JSON.parse("{");\n');
    expect(json.cases).toMatchObject([{ status: 'runtime_error', help: { places: [{ line: 1 }] } }]);
  });
});

test('an error at run time is told in plain words, without the inside of the runtime', async () => {
  const { cases } = await run(javascript, 'const a = [];\n\nconsole.log(a[0].length);\n');
  expect(cases).toMatchObject([
    {
      status: 'runtime_error',
      stderr: expect.not.stringMatching(/node:internal|Node\.js v/),
      help: {
        explanation: expect.stringContaining('that is nothing'),
        places: [{ line: 3, column: 18, message: expect.stringContaining('TypeError') }],
      },
    },
  ]);
});

test('a crash of C has a sentence in place of the shell’s notice, and what was printed', async () => {
  const { cases } = await run(
    c,
    '#include <stdio.h>\nint main(void) { printf("start"); *(volatile int *)0 = 1; }',
  );
  expect(cases).toMatchObject([
    {
      status: 'runtime_error',
      stdout: 'start',
      stderr: '',
      message: expect.stringContaining('segmentation fault'),
      help: { explanation: expect.stringContaining('memory that is not its own') },
    },
  ]);
});

test('a program without end shows what it printed, and which limit it met', async () => {
  const answer = await run(python, 'print("start")\nwhile True: pass');
  expect(answer).toMatchObject({
    limits: { timeMs: 1500 },
    cases: [{ status: 'time_limit', stdout: 'start\n', message: null }],
  });
});

describe('memory and output', () => {
  test('memory that a Java heap lacks is the memory limit; exit code 3 is not', async () => {
    const main = (body: string) => `public class Main { public static void main(String[] a) { ${body} } }`;
    const full = await run(
      java,
      main('var l = new java.util.ArrayList<int[]>(); for (;;) l.add(new int[1 << 20]);'),
    );
    expect(full.cases).toMatchObject([{ status: 'memory_limit' }]);
    const three = await run(java, main('System.exit(3);'));
    expect(three.cases).toMatchObject([
      { status: 'runtime_error', message: 'The program ended with exit code 3.' },
    ]);
  });

  test('memory that Node lacks is the memory limit', async () => {
    const { cases } = await run(javascript, 'const a = []; for (;;) a.push(new Array(1000).fill(1));');
    expect(cases).toMatchObject([{ status: 'memory_limit' }]);
  });

  test.each([
    ['one line of Python', python, 'print("x" * 2_000_000)'],
    ['a loop of Python', python, 'for i in range(200_000): print("0123456789")'],
    ['one line of JavaScript', javascript, 'console.log("x".repeat(2_000_000))'],
    ['a loop of JavaScript', javascript, 'for (let i = 0; i < 200_000; i++) console.log("0123456789")'],
  ])('too much in %s is the output limit', async (_name, languageId, source) => {
    const { cases } = await run(languageId, source);
    expect(cases).toMatchObject([{ status: 'output_limit', stderr: expect.not.stringContaining('Errno') }]);
  });

  test.each([
    ['one line', 'print("x" * 300_000)'],
    ['a loop', 'for i in range(300_000): print("x", end="")'],
  ])('300 kB in %s are no fault', async (_name, source) => {
    expect((await run(python, source)).cases).toMatchObject([{ status: 'finished' }]);
  });
});

describe('nothing invisible changes how a program runs', () => {
  test.each([
    ['a byte order mark', '\ufeffecho one\necho two\n'],
    ['line ends of Windows', 'echo one\r\necho two\r\n'],
    ['line ends of an old Mac', 'echo one\recho two\r'],
    ['NUL', 'echo o\0ne\necho two\0\n'],
  ])('%s', async (_name, source) => {
    expect((await run(bash, source)).cases).toMatchObject([{ status: 'finished', stdout: 'one\ntwo\n' }]);
  });

  test('the own input of a form has line feeds only', async () => {
    const { cases } = await run(python, 'print([input(), input()])', 'a\r\nb\r\n');
    expect(cases).toMatchObject([{ input: 'a\nb\n', stdout: "['a', 'b']\n" }]);
  });
});
