import { expect, test } from '@jest/globals';
import { parseSettings } from './workspace-settings';

const defaults = { fontSize: 14, tabSize: 4, theme: 'page', keys: 'default' };

test('without stored settings the defaults hold', () => {
  expect(parseSettings(null)).toEqual(defaults);
});

test('what was stored is used', () => {
  const stored = { fontSize: 18, tabSize: 2, theme: 'dark', keys: 'vim' };
  expect(parseSettings(JSON.stringify(stored))).toEqual(stored);
});

test('unknown values and broken texts become the defaults', () => {
  expect(parseSettings('{"fontSize":900,"tabSize":3,"keys":"nano"}')).toEqual(defaults);
  expect(parseSettings('{')).toEqual(defaults);
  expect(parseSettings('null')).toEqual(defaults);
});
