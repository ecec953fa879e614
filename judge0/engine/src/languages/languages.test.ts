import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EngineFixture, startEngine } from '../testing/engine-fixture.js';
import { checkSamples } from './check-samples.js';
import { SAMPLES } from './samples.js';
import { submitTo } from './submit-sample.js';
import { LANGUAGES } from './table.js';

/** Their samples start in a moment; `npm run languages` checks every installed language. */
const QUICK = [43, 46, 50, 54, 62, 63, 71, 82];

test('ids are unique and every language with a source has samples', () => {
  const ids = LANGUAGES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const withoutSamples = LANGUAGES.filter(({ id }) => !(id in SAMPLES)).map(({ label }) => label);
  expect(withoutSamples.sort()).toEqual(['Executable', 'Multi-file program', 'Plain Text']);
});

test('a language that is not part of every system names its Debian packages', () => {
  for (const { tools, packages } of LANGUAGES)
    expect(packages.length > 0).toBe(Object.keys(tools).length > 0);
});

describe('installed languages', () => {
  let engine: EngineFixture;
  beforeAll(async () => (engine = await startEngine()));
  afterAll(() => engine.stop());

  test.each(QUICK.filter((id) => id in SAMPLES))('the samples of %i do what they should', async (id) => {
    const language = engine.engine.catalog.find(id);
    if (!language?.installed) throw new Error(`language ${id} is not installed: make test installs it`);
    const samples = SAMPLES[id] as (typeof SAMPLES)[number];
    expect(await checkSamples(language, samples, submitTo(engine.engine, id))).toEqual([]);
  });

  test('plain text is shown as it is', async () => {
    expect((await engine.run(43, 'as it is')).stdout).toBe('as it is');
  });
});
