import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { allRows, withSettings } from './settings-page.js';

const textOf = (file: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');

test('ops/docs/settings.md shows the settings as the programs read them (npm run settings -w ops)', () => {
  expect(textOf('ops/docs/settings.md')).toBe(withSettings(textOf('ops/docs/settings.md')));
});

// What make start, or the engine, takes by the same name; an example, or a value that depends on the machine.
const shownOtherwise = ['PORT', 'DATA_DIR', 'HOST', 'NODE_ENV', 'LANGUAGES', 'SLOTS'];

test('.env.example shows the defaults of the programs', () => {
  const shown = new Map(
    [...textOf('.env.example').matchAll(/^#([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  const rows = allRows().filter((row) => row.default !== null && !shownOtherwise.includes(row.name));
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.map((row) => [row.name, shown.get(row.name)])).toEqual(
    rows.map((row) => [row.name, row.default]),
  );
});

test('no default of a secret is shown anywhere', () => {
  expect(allRows().filter((row) => row.secret && row.default !== null)).toEqual([]);
});
