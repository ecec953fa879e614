import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../config.js';
import { createEngine } from '../engine.js';
import { createLogger } from '../logger.js';
import { checkSamples } from './check-samples.js';
import { SAMPLES } from './samples.js';
import { submitTo } from './submit-sample.js';

/** Runs every installed language's samples; `npm run languages`. */
async function main(): Promise<void> {
  const only = process.argv[2] ?? '';
  const base = mkdtempSync(join(tmpdir(), 'engine-languages-'));
  chmodSync(base, 0o711);
  const settings = readSettings({ LOG_LEVEL: 'error', WORK_DIR: join(base, 'work') });
  const engine = await createEngine(settings, createLogger(settings.LOG_LEVEL));
  let failed = 0;
  try {
    for (const language of engine.catalog.installed()) {
      const samples = SAMPLES[language.spec.id];
      if (!samples || !language.name.includes(only)) continue;
      const problems = await checkSamples(language, samples, submitTo(engine, language.spec.id));
      console.log(`${problems.length > 0 ? 'FAILED' : 'works '}  ${language.name}`);
      for (const problem of problems) console.log(`    ${problem}`);
      if (problems.length > 0) failed++;
    }
    for (const { name, spec, installed } of engine.catalog.declared()) {
      if (!installed) console.log(`absent  ${name} (${spec.packages.join(', ')})`);
    }
  } finally {
    await engine.close(10_000);
    rmSync(base, { recursive: true, force: true });
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

void main();
