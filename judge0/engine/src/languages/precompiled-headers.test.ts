import { expect, test } from '@jest/globals';
import { type EngineFixture, startEngine } from '../testing/engine-fixture.js';

const CPP = 54;
const SOURCE = '#include <cstdio>\nint main(){puts("1");}';
/** The compiler tells where printf was declared before. */
const OTHER_PRINTF = '#include <cstdio>\nextern "C" long printf(int);\nint main(){}';

/** -H lists the headers that gcc opened; one that begins with ! was precompiled. */
async function opened(engine: EngineFixture, options: string): Promise<string> {
  const verdict = await engine.run(CPP, SOURCE, { compiler_options: `${options} -H`, expected_output: '1' });
  expect(verdict.status.id).toBe(3);
  return verdict.compile_output ?? '';
}

// A small header stands for the standard library, which takes ten seconds.
test('a header is compiled once and then only read, by options that fit', async () => {
  const engine = await startEngine({ LANGUAGES: String(CPP), PRECOMPILED_HEADERS: 'true' }, ['cstdio']);
  try {
    await engine.engine.headersReady;
    expect(await opened(engine, '')).toMatch(/^! .*cstdio\.gch/m);
    expect(await opened(engine, '-O2')).toMatch(/^! .*cstdio\.gch/m);
    expect(await opened(engine, '-std=c++11')).not.toMatch(/^! /m);
    const { compile_output: messages } = await engine.run(CPP, OTHER_PRINTF);
    expect(messages).toMatch(/In file included from .*cstdio:\d+,\n +from main\.cpp:1:/);
  } finally {
    await engine.stop();
  }
});
