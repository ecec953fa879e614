import { afterAll, beforeAll, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import {
  enrolmentCode,
  keepPicture,
  newVisitor,
  openBrowser,
  register,
  signInAs,
  type Account,
} from './school.js';
import { judgedHeader, openProblem, writeProgram } from './workspace.js';

const path = '/courses/introduction-to-programming/submissions';
const patience = { timeout: 60_000 };

let browser: Browser;
let learner: Account;
let learnerPage: Page;

beforeAll(async () => {
  browser = await openBrowser();
  learnerPage = (await newVisitor(browser)).page;
  learner = await register(learnerPage, enrolmentCode);
  await openProblem(learnerPage, 'snack-money');
  await writeProgram(learnerPage, 'print("hidden tests, too")');
  await learnerPage.keyboard.press('Control+Shift+Enter');
  await judgedHeader(learnerPage).waitFor(patience);
}, 180_000);

afterAll(() => browser.close());

const faults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: axe.Result[] }>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
};

test('an instructor finds a submission of the course and opens it', async () => {
  const { page, problems } = await newVisitor(browser);
  await signInAs(page, 'instructor');
  await page.goto('/courses/introduction-to-programming');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Submissions', exact: true }).click();
  await page.waitForURL(`**${path}`);
  await main.getByRole('searchbox', { name: 'Name or email' }).fill(learner.email);
  await page.waitForURL(/\?.*q=/, patience);
  const rows = main.getByRole('rowheader');
  // The page before the search had others of the class, or this row alone.
  await page.waitForLoadState('networkidle');
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining(learner.email)]);
  await main.getByRole('table').getByText('Wrong answer').waitFor(patience);
  await keepPicture(page, 'course-submissions-found');

  await main.getByRole('combobox', { name: 'Result' }).selectOption({ label: 'Accepted' });
  await main.getByText('Nothing found').waitFor(patience);
  await main.getByRole('link', { name: 'Show all' }).click();
  await page.waitForURL((url) => url.pathname === path && url.search === '', patience);

  await page.goto(`${path}?q=${learner.email}`);
  await rows.getByRole('link', { name: 'Noor Haddad' }).click();
  await page.waitForURL('**/submissions/*');
  await judgedHeader(page).waitFor(patience);
  expect(await main.innerText()).toContain('Noor Haddad');
  expect(problems).toEqual([]);
  await page.context().close();
});

test('the list is accessible in light and dark, and fits a phone', async () => {
  const { page, problems } = await newVisitor(browser, { reducedMotion: 'reduce' });
  await signInAs(page, 'instructor');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.goto(path);
    await page.getByRole('rowheader').first().waitFor(patience);
    expect([colorScheme, await faults(page)]).toEqual([colorScheme, []]);
    await keepPicture(page, `course-submissions-${colorScheme}`);
    await page.setViewportSize({ width: 375, height: 812 });
    expect([colorScheme, await faults(page)]).toEqual([colorScheme, []]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    await keepPicture(page, `course-submissions-${colorScheme}-phone`);
  }
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a learner of the course is shown no link to it, and refused', async () => {
  await learnerPage.goto('/courses/introduction-to-programming');
  await learnerPage.getByRole('heading', { level: 1 }).waitFor();
  expect(
    await learnerPage.getByRole('main').getByRole('link', { name: 'Submissions', exact: true }).count(),
  ).toBe(0);
  expect((await learnerPage.goto(path))?.status()).toBe(403);
});
