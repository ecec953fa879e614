import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { type EngineFixture, startEngine } from '../testing/engine-fixture.js';

const CPP = 54;
const SOURCE =
  '#include <bits/stdc++.h>\nint main(){std::vector<int> v{3,1,2};std::sort(v.begin(),v.end());std::cout<<v[0];}';
const hasCompiler = existsSync('/usr/bin/g++');

/** -H lists the headers that gcc opened; one that begins with ! was precompiled. */
async function opened(engine: EngineFixture, options: string): Promise<string> {
  const verdict = await engine.run(CPP, SOURCE, { compiler_options: `${options} -H`, expected_output: '1' });
  expect(verdict.status.id).toBe(3);
  return verdict.compile_output ?? '';
}

(hasCompiler ? test : test.skip)(
  'the whole standard library is compiled once and then only read',
  async () => {
    const engine = await startEngine({ LANGUAGES: String(CPP), PRECOMPILED_HEADERS: 'true' });
    try {
      await engine.engine.headersReady;
      expect(await opened(engine, '')).toMatch(/^! .*stdc\+\+\.h\.gch/m);
      expect(await opened(engine, '-O2')).toMatch(/^! .*stdc\+\+\.h\.gch/m);
      expect(await opened(engine, '-std=c++11')).not.toMatch(/^! /m);
    } finally {
      await engine.stop();
    }
  },
  90_000,
);
