/** Two thousand hostile requests; the seed of a run that failed is in its message. */
import { expect, test } from '@jest/globals';
import { fuzz } from './fuzz.js';
import { failureTexts, summary } from './report.js';

test('the api answers hostile requests without a fault, a trace or a word about another school', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? 77);
  const report = await fuzz({ seed, count: 2000 });
  console.log(summary(report));
  expect([`seed ${seed}`, ...failureTexts(report.failures)].join('\n')).toBe(`seed ${seed}`);
  expect(report.sent).toBe(2000);
  // Most routes are reached: a run in which everybody is signed out would prove nothing.
  expect(report.statuses['200'] ?? 0).toBeGreaterThan(200);
}, 900_000);
