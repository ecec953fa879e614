import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

const pages = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .stdout.split('\n')
  // Statements and lessons of the school link to pages of the product, which their own tests follow.
  .filter((file) => file !== '' && !file.startsWith('ops/demo-school/') && !file.startsWith('ops/runbook/'))
  .filter((file) => existsSync(path.join(root, file)));

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading.trim()));

/** What a link of a page leads to and does not find, as "page: target". */
const brokenLinks = (page: string): string[] => {
  const text = readFileSync(path.join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [file = '', anchor] = target.split('#');
      const full = file === '' ? path.join(root, page) : path.resolve(root, path.dirname(page), file);
      if (!existsSync(full)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(full, 'utf8')).includes(anchor);
    })
    .map((target) => `${page}: ${target}`);
};

test('every link between pages of the documentation leads to a file and a heading that exist', () => {
  expect(pages).toContain('README.md');
  expect(pages.flatMap(brokenLinks)).toEqual([]);
});

// With placeholders, as <noun> or NNNN, a name stands for many.
const isPath = (code: string): boolean => /^[\w.$-]+(\/[\w.$-]+)+$/.test(code) && !code.includes('NNNN');

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('every file that %s names exists', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8');
  const named = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code).filter(isPath);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test('README.md stays short: details belong to ops/docs', () => {
  expect(readFileSync(path.join(root, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(120);
});

test('every page of ops/docs is linked from README.md', () => {
  const readMe = readFileSync(path.join(root, 'README.md'), 'utf8');
  const docs = pages.filter((file) => file.startsWith('ops/docs/'));
  expect(docs.filter((file) => !readMe.includes(`](${file})`))).toEqual([]);
});
