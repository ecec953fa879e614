import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.js';
import { compareAnswers } from './compare-answers.js';
import { DIFFERENCES } from './differences.js';

test('the README lists exactly the differences of the code', () => {
  const readme = readFileSync(join(PACKAGE_ROOT, '..', 'README.md'), 'utf8');
  const section = readme.split('## Differences')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| (.+?) +\|/gm)].map(([, title]) => title);
  expect(rows.slice(2)).toEqual(DIFFERENCES.map(({ title }) => title));
});

test('each difference names files that exist', () => {
  for (const file of DIFFERENCES.flatMap(({ madeIn }) => madeIn.split(', '))) {
    expect([file, existsSync(join(PACKAGE_ROOT, 'src', file))]).toEqual([file, true]);
  }
});

test('an unexpected difference is not forgiven', () => {
  const [finding] = compareAnswers('c_nzec', '', { exit_code: 3 }, { exit_code: 0 });
  expect(finding).toMatchObject({ at: 'exit_code', explainedBy: null });
});

test('what differs by nature is compared by kind only', () => {
  expect(compareAnswers('x', '', { time: '0.1', memory: 10 }, { time: '0.2', memory: 20 })).toEqual([]);
  expect(compareAnswers('x', '', { time: '0.1' }, { time: null })).toHaveLength(1);
});
