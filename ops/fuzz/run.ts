/** `npm run fuzz -w ops`: 20,000 hostile requests to an api of its own (--requests N --seed S --only INDEX). */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.js';
import { failureTexts, summary } from './report.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    only: { type: 'string' },
  },
});
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
console.log(`seed ${seed}; the same requests again: npm run fuzz -w ops -- --seed ${seed}`);
const report = await fuzz({
  seed,
  count: Number(values.requests),
  ...(values.only === undefined ? {} : { only: Number(values.only) }),
  onProgress: (done) => {
    if (done % 1200 === 0) console.log(`${done} requests`);
  },
});
for (const text of failureTexts(report.failures)) console.log(text);
for (const line of report.faults.slice(0, 30)) console.log(`log: ${line}`);
console.log(summary(report));
process.exitCode = report.failures.length > 0 ? 1 : 0;
