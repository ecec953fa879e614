/** `npm run settings -w ops`: writes the tables of settings in ops/docs/settings.md from those that the programs read. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { settings as apiSettings } from '../../api/src/config.js';
import { describeSettings, type SettingRow } from '../../api/src/lib/settings.js';
import { settings as webSettings } from '../../web/app/lib/env.server.js';

const readMe = path.resolve(import.meta.dirname, '../docs/settings.md');
const begin = '<!-- settings: written by `npm run settings -w ops` -->';
const end = '<!-- /settings -->';

/** Every setting of api, grader and web once, in the order of their tables. */
export const allRows = (): SettingRow[] => {
  const rows = [...describeSettings(apiSettings), ...describeSettings(webSettings)];
  return rows.filter(({ name }, at) => rows.findIndex((row) => row.name === name) === at);
};

const tableOf = (head: string[], lines: string[][]): string => {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const row = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n');
};

const nameOf = ({ name, aliases, secret }: SettingRow): string =>
  [`\`${name}\``, ...aliases.map((alias) => `or \`${alias}\``), ...(secret ? ['(secret)'] : [])].join(' ');

/** The part of ops/docs/settings.md between its marks. */
export const settingsText = (): string => {
  const rows = allRows();
  const critical = rows.filter(({ required, name }) => required || name === 'SESSION_SECRET');
  const optional = rows.filter(({ offWithout }) => offWithout !== null);
  return [
    'Critical: a program that misses one of its own ends at once with exit code 1 and names all that are wrong.',
    tableOf(
      ['setting', 'what it is'],
      critical.map((row) => [nameOf(row), row.about]),
    ),
    'Optional: without it, something is off; pages and `/api/health` say so.',
    tableOf(
      ['setting', 'what it is', 'off without it'],
      optional.map((row) => [nameOf(row), row.about, row.offWithout ?? '']),
    ),
  ].join('\n\n');
};

/** ops/docs/settings.md with its part about settings as it should be. Throws when the marks are missing. */
export const withSettings = (text: string): string => {
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before === -1 || after === -1)
    throw new Error(`ops/docs/settings.md has lost its marks ${begin} and ${end}`);
  return `${text.slice(0, before + begin.length)}\n\n${settingsText()}\n\n${text.slice(after)}`;
};

if (process.argv[1] === import.meta.filename) {
  writeFileSync(readMe, withSettings(readFileSync(readMe, 'utf8')));
}
