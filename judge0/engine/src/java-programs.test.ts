import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EngineFixture, startEngine } from './testing/engine-fixture.js';

const JAVA = 62;
const LIMITS = { cpu_time_limit: 10, memory_limit: 256_000, wall_time_limit: 20 };

let engine: EngineFixture;
beforeAll(async () => (engine = await startEngine({ LANGUAGES: '62 63 71' })));
afterAll(() => engine.stop());

const run = (source: string) => engine.run(JAVA, source, LIMITS);
const main = (printed: string) => `public static void main(String[] a) { System.out.println("${printed}"); }`;

describe('the class with main is found', () => {
  test.each([
    ['Main', `public class Main { ${main('it')} }`],
    ['in a package', `package school.first;\npublic class Main { ${main('it')} }`],
    ['that is public and has another name', `public class Hello { ${main('it')} }`],
    ['of another name in a package', `package school;\npublic class Hello { ${main('it')} }`],
    ['that is not public', `class Zebra { void show(String[] a) { } }\nclass Hello { ${main('it')} }`],
    ['Main, before others', `class Aa { ${main('other')} }\nclass Main { ${main('it')} }`],
    ['that is public, before others', `class Aa { ${main('other')} }\npublic class Hello { ${main('it')} }`],
    ['around an inner Main', `public class Outer { static class Main { } ${main('it')} }`],
    ['with letters of any language', `public class Größe { ${main('it')} }`],
    [
      'whatever comments say',
      `// should be declared in a file named Evil.java\npublic class Hello { ${main('it')} }`,
    ],
  ])('%s', async (_what, source) => {
    expect(await run(source)).toMatchObject({ status: { id: 3 }, stdout: 'it\n', compile_output: null });
  });

  test('errors name the file and the line', async () => {
    const verdict = await run(`package x;\npublic class Hello {\n  ${main('it')}\n  int x = "no";\n}`);
    expect(verdict).toMatchObject({ status: { id: 6 } });
    expect(verdict.compile_output).toMatch(/^Hello\.java:4: error: incompatible types/);
  });

  test('none is told by Java', async () => {
    const verdict = await run('public class Hello { int x; }');
    expect(verdict).toMatchObject({ status: { id: 11 }, exit_code: 1 });
    expect(verdict.stderr).toMatch(/Could not find or load main class/);
  });
});

test.each([
  [
    JAVA,
    `public class Main { public static void main(String[] a) { System.out.println("x".repeat(2000000)); } }`,
  ],
  [
    JAVA,
    `public class Main { public static void main(String[] a) { for (int i = 0; i < 200000; i++) System.out.println("0123456789"); } }`,
  ],
  [63, 'console.log("x".repeat(2000000))'],
  [63, 'for (let i = 0; i < 200000; i++) console.log("0123456789")'],
  [71, 'print("x" * 2000000)'],
  [71, 'for i in range(200000): print("0123456789")'],
])('a flood in language %i is told as one: %s', async (language, source) => {
  const verdict = await engine.run(language, source, LIMITS);
  expect(verdict).toMatchObject({ limit_hint: 'output_limit_exceeded' });
  expect(verdict.stdout).toHaveLength(1024 * 1024);
});
