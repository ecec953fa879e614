import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PhaseResult } from './jest-report.js';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const script = path.join(import.meta.dirname, 'run-jest.ts');
const counter = path.join(projectRoot, '.ci/count.mjs');

/** Passes from its second run on, as a flaky test does. */
const flaky = `
  const { existsSync, writeFileSync } = require('node:fs');
  const mark = require('node:path').join(__dirname, 'ran');
  test('passes sometimes', () => {
    const before = existsSync(mark);
    writeFileSync(mark, '');
    if (!before) throw new Error('the server was not there');
  });`;

let root = '';
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'run-jest-'));
  mkdirSync(path.join(root, '.ci'));
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'));
  writeFileSync(path.join(root, 'jest.config.cjs'), 'module.exports = { transform: {} };');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (name: string, files: Record<string, string>) => {
  const folder = path.join(root, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
  const module = `import(${JSON.stringify(script)}).then(async ({ runJestPhase }) => {
    process.exitCode = (await runJestPhase(${JSON.stringify(name)}, ['--', ${JSON.stringify(`${name}/`)}], ${JSON.stringify(root)})) ? 0 : 1;
  });`;
  const { NODE_ENV: _ofJest, ...env } = process.env;
  const tsx = ['--import', 'tsx', '--input-type=module', '--eval', module];
  const { status, stdout } = spawnSync(process.execPath, tsx, { cwd: projectRoot, encoding: 'utf8', env });
  const result = JSON.parse(
    readFileSync(path.join(root, `artifacts/${name}.result.json`), 'utf8'),
  ) as PhaseResult;
  return { status, stdout, result };
};

describe('a phase of tests', () => {
  test('that passes the second time only is passed, and its file is named as flaky with its first error', () => {
    const { status, stdout, result } = run('flaky', {
      'flaky.test.js': flaky,
      'firm.test.js': `test('passes', () => {});`,
    });
    expect({ status, passed: result.passed, failed: result.failed }).toEqual({
      status: 0,
      passed: 2,
      failed: 0,
    });
    expect(result.flaky).toEqual([
      {
        file: 'flaky/flaky.test.js',
        firstError: expect.stringMatching(/^passes sometimes: Error: the server was not there/),
      },
    ]);
    expect(stdout).toContain('FLAKY flaky/flaky.test.js');
  });

  test('that fails twice is failed, and so is a file that cannot be loaded', () => {
    const { status, result } = run('failing', {
      'wrong.test.js': `test('is right', () => {}); test('is wrong', () => { throw new Error('no'); });`,
      'broken.test.js': `throw new Error('cannot be loaded');`,
    });
    expect({ status, ...result }).toEqual({ status: 1, passed: 1, failed: 2, skipped: [], flaky: [] });
  });

  test('whose tests pass has failed when what stands around them fails', () => {
    const teardown = `module.exports = () => { throw new Error('a program died'); };`;
    writeFileSync(path.join(root, 'teardown.cjs'), teardown);
    const config = path.join(root, 'jest.config.cjs');
    const text = readFileSync(config, 'utf8');
    writeFileSync(config, `module.exports = { transform: {}, globalTeardown: '<rootDir>/teardown.cjs' };`);
    const { status, result } = run('around', { 'right.test.js': `test('is right', () => {});` });
    writeFileSync(config, text);
    expect({ status, failed: result.failed }).toEqual({ status: 1, failed: 1 });
  });

  test('tells which tests were skipped', () => {
    const { result } = run('skipping', { 'some.test.js': `test.skip('never runs', () => {});` });
    expect(result.skipped).toEqual(['skipping/some.test.js: never runs']);
  });
});

describe('the last lines of the check', () => {
  const lastLines = (exitCode: string): string[] =>
    spawnSync(process.execPath, [counter, exitCode, path.join(root, 'artifacts')], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');

  test('count all phases; a skipped test is a failure, a flaky file is counted apart', () => {
    const lines = lastLines('1');
    expect(lines.at(-1)).toBe('3 passed, 4 failed');
    expect(lines).toContain('1 flaky');
    expect(lines.join('\n')).toContain('SKIPPED skipping/some.test.js: never runs');
  });

  test('what failed outside of tests is a failure', () => {
    const empty = path.join(root, 'empty');
    mkdirSync(empty);
    const { stdout } = spawnSync(process.execPath, [counter, '1', empty], { encoding: 'utf8' });
    expect(stdout.trim().split('\n').at(-1)).toBe('0 passed, 1 failed');
  });
});
