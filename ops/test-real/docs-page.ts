/** `npm run evidence -w ops`: writes into ops/docs/install.md and README.md what is known of the compose file. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { latestSuccess, readEvidence, whatIsKnown } from './evidence.js';

const root = path.resolve(import.meta.dirname, '../..');
const begin = '<!-- evidence: written by `npm run evidence -w ops` -->';
const end = '<!-- /evidence -->';

/** The pages that say it. */
export const pages = ['README.md', 'ops/docs/install.md'].map((page) => path.join(root, page));

const sentence = (): string => {
  const composeText = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
  const known = latestSuccess(readEvidence(path.join(root, 'ops/evidence')));
  return `The compose file: ${whatIsKnown(known, composeText).sentence}`;
};

/** A page with the sentence that holds now. Throws when it has no place for it. */
export const withEvidence = (page: string): string => {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no ${begin} … ${end}`);
  return `${before}${begin}\n\n${sentence()}\n\n${end}${after}`;
};

/** Brings the pages up to date. */
export const writePages = (): void => {
  for (const page of pages) writeFileSync(page, withEvidence(readFileSync(page, 'utf8')));
};

if (process.argv[1] === import.meta.filename) writePages();
