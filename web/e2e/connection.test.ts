import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { enrolmentCode, keepPicture, newVisitor, openBrowser, register } from './school.js';
import { openProblem } from './workspace.js';

const patience = { timeout: 60_000 };
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

const restarting = (route: Route) =>
  route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' });
const isData = (url: URL): boolean => url.pathname.endsWith('.data');
const isCode = (url: URL): boolean => /^\/assets\/.*\.js$/.test(url.pathname);

/** A mark that is gone as soon as the browser loads a document. */
const mark = (page: Page) => page.evaluate('globalThis.stillThere = true');
const isMarked = (page: Page) => page.evaluate<boolean>('globalThis.stillThere === true');

const newLearner = async (options = {}): Promise<Page> => {
  const { page } = await newVisitor(browser, options);
  page.setDefaultTimeout(60_000);
  await register(page, enrolmentCode);
  await page.waitForLoadState('networkidle');
  await mark(page);
  return page;
};

const followCourse = (page: Page) =>
  page.getByRole('link', { name: 'Introduction to Programming' }).first().click();
const course = (page: Page) => page.getByRole('heading', { level: 1, name: 'Introduction to Programming' });

describe('a link', () => {
  test('without connection keeps the page, says so, and leads on when the connection is back', async () => {
    const page = await newLearner();
    await page.context().setOffline(true);
    await followCourse(page);
    await page.getByText('No connection. Trying again').waitFor();
    await keepPicture(page, 'no-connection');
    expect(await page.getByRole('heading', { level: 1, name: 'Dashboard' }).count()).toBe(1);
    await page.context().setOffline(false);
    await course(page).waitFor(patience);
    await page.getByText('No connection. Trying again').waitFor({ state: 'detached' });
    expect(await isMarked(page)).toBe(true);
    await page.context().close();
  });

  test('while a proxy answers for a server that restarts keeps the page, too', async () => {
    const page = await newLearner({ colorScheme: 'dark', viewport: { width: 375, height: 812 } });
    await page.route(isData, restarting);
    await followCourse(page);
    await page.getByText('The server is restarting. Trying again').waitFor();
    await keepPicture(page, 'restarting-phone-dark');
    await page.unroute(isData);
    await course(page).waitFor(patience);
    expect(await isMarked(page)).toBe(true);
    await page.context().close();
  });

  test('whose code cannot be loaded waits for it and does not reload', async () => {
    const page = await newLearner();
    await page.route(isCode, (route) => route.abort());
    await followCourse(page);
    await page.getByText('No connection. Trying again').waitFor();
    await page.unroute(isCode);
    await course(page).waitFor(patience);
    expect(await isMarked(page)).toBe(true);
    await page.context().close();
  });
});

test('a form without connection keeps what was typed, and is sent again only by its sender', async () => {
  const page = await newLearner();
  await page.goto('/account');
  await page.waitForLoadState('networkidle');
  await page.getByLabel('Full name').fill('Noor H. Haddad');
  await page.context().setOffline(true);
  await page.getByRole('main').getByRole('button', { name: 'Save' }).click();
  await page.getByText('No connection. The form may not have arrived.').waitFor();
  await keepPicture(page, 'form-without-connection');
  await page.context().setOffline(false);
  expect(await page.getByLabel('Full name').inputValue()).toBe('Noor H. Haddad');
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('Your name is changed.').waitFor(patience);
  await page.context().close();
});

describe('the workspace', () => {
  test('tells a restarting server from a verdict and keeps the code', async () => {
    const page = await newLearner();
    await openProblem(page, 'snack-money');
    await page.route('**/problems/snack-money/run', restarting);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').getByText('The server is restarting').waitFor();
    await keepPicture(page, 'run-while-restarting');
    expect(await page.locator('.cm-content').count()).toBe(1);
    await page.context().close();
  });

  test('has one heading on every tab, samples to copy and to run with, and odd characters in sight', async () => {
    const page = await newLearner({ permissions: ['clipboard-read', 'clipboard-write'] });
    await openProblem(page, 'snack-money');
    for (const tab of ['My submissions', 'Task']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await page.getByRole('heading', { level: 1, name: 'Snack Money' }).count()).toBe(1);
    }
    await page.getByRole('button', { name: 'Copy input of sample 1' }).click();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    await page.getByRole('button', { name: 'Use as my input' }).first().click();
    expect(await page.getByRole('textbox', { name: 'Your own input' }).inputValue()).toBe(copied);
    expect(copied.trim()).not.toBe('');

    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('print(“a”)\u00a0# b\u200bc');
    await page.getByText('2 curly quotes, 1 no-break space, 1 zero-width space').waitFor();
    expect(await page.locator('.cm-odd').count()).toBe(4);
    await page.getByRole('img', { name: 'zero-width space' }).waitFor();
    await keepPicture(page, 'odd-characters');
    await page.getByRole('button', { name: 'Replace them' }).click();
    await page.locator('.cm-odd').first().waitFor({ state: 'detached' });
    expect(await page.locator('.cm-content').innerText()).toBe('print("a") # bc');
    await page.context().close();
  });
});

test('a name of 60 characters keeps the header in one line', async () => {
  const page = await newLearner();
  await page.goto('/account');
  await page.getByLabel('Full name').fill('Maximiliane Wolkenstein-Trostburg of Hohenschwangau-Altenburg');
  await page.getByRole('main').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your name is changed.').waitFor(patience);
  for (const width of [1366, 768, 640, 375]) {
    await page.setViewportSize({ width, height: 800 });
    const height = await page
      .locator('header')
      .first()
      .evaluate((header) => header.clientHeight);
    expect([width, height < 64]).toEqual([width, true]);
  }
  await keepPicture(page, 'long-name-phone');
  await page.context().close();
});
