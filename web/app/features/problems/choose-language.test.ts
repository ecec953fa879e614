import { expect, test } from '@jest/globals';
import type { ProblemLanguage } from '@coding-platform/api/schema/problems';
import { chooseLanguage } from './choose-language';

const language = (id: number, available = true): ProblemLanguage => ({
  id,
  name: `L${id}`,
  version: null,
  available,
  editorMode: 'text',
  starterCode: '',
  timeLimitMs: 1000,
});
const languages = [language(71, false), language(54), language(62)];
const nothing = { asked: null, submitted: undefined, cookieHeader: null };

test('without a wish it is the first that the judge can run', () => {
  expect(chooseLanguage(languages, nothing)?.id).toBe(54);
});

test('the address is asked first, then the last submission, then the last visit', () => {
  const cookieHeader = 'theme=x; workspace-language=62';
  expect(chooseLanguage(languages, { ...nothing, cookieHeader })?.id).toBe(62);
  expect(chooseLanguage(languages, { ...nothing, cookieHeader, submitted: 54 })?.id).toBe(54);
  expect(chooseLanguage(languages, { asked: '71', cookieHeader, submitted: 54 })?.id).toBe(71);
});

test('a language that the problem does not allow is passed over', () => {
  expect(
    chooseLanguage(languages, { asked: '63', submitted: 1, cookieHeader: 'workspace-language=x' })?.id,
  ).toBe(54);
});

test('a problem without languages has none', () => {
  expect(chooseLanguage([], nothing)).toBeUndefined();
});
