/**
 * Prints how long each phase took, what was flaky or skipped, and as the last line "N passed, N failed", from what the
 * phases left in artifacts/. Arguments: exit code of all, folder (artifacts).
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const [exitCode = '1', folder = 'artifacts'] = process.argv.slice(2);
const results = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith('.result.json'))
  .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')));

const phases = path.join(folder, 'phases.tsv');
if (existsSync(phases)) {
  const rows = readFileSync(phases, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'));
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log('== how long it took');
  for (const [name, seconds] of rows) console.log(`${name.padEnd(width)}  ${seconds.padStart(5)} s`);
}

const flaky = results.flatMap((result) => result.flaky);
for (const { file, firstError } of flaky) console.log(`FLAKY ${file}\n      ${firstError}`);
const skipped = results.flatMap((result) => result.skipped);
for (const name of skipped) console.log(`SKIPPED ${name}`);

const sum = (name) => results.reduce((total, result) => total + result[name], 0);
const failed = sum('failed') + skipped.length;
// What failed outside of tests is one failure: a check, a build, a start of the school.
const outside = exitCode !== '0' && failed === 0 ? 1 : 0;
if (flaky.length > 0) console.log(`${flaky.length} flaky`);
console.log(`${sum('passed')} passed, ${failed + outside} failed`);
