import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { enrolmentCode, newVisitor, openBrowser, register } from './school.js';
import { openProblem, writeProgram } from './workspace.js';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

test('a program over 64 KiB is kept and not sent, and the page says why', async () => {
  const { page } = await newVisitor(browser);
  await register(page, enrolmentCode);
  await openProblem(page, 'snack-money');
  await writeProgram(page, `# ${'x'.repeat(70_000)}\n`);
  await page
    .getByText(/larger than 64 KiB/)
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: 'Submit', exact: true }).isDisabled()).toBe(true);
  await page.context().close();
});

test('a problem of a course that one is not enrolled in is not there', async () => {
  const { page } = await newVisitor(browser);
  await register(page);
  const answer = await page.goto('/problems/snack-money');
  expect(answer?.status()).toBe(404);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.context().close();
});

test('a second tab with an older draft is shown both texts and loses none', async () => {
  const { page } = await newVisitor(browser);
  await register(page, enrolmentCode);
  await openProblem(page, 'snack-money');
  const second = await page.context().newPage();
  await openProblem(second, 'snack-money');
  await writeProgram(page, 'print("from the first tab")\n');
  await page.getByText(/^Saved/).waitFor();
  await writeProgram(second, 'print("from the second tab")\n');
  await second.getByRole('heading', { name: /changed somewhere else/ }).waitFor();
  const shown = await second.getByRole('main').innerText();
  expect(shown).toContain('from the first tab');
  expect(shown).toContain('from the second tab');
  await second.getByRole('button', { name: 'Keep mine' }).click();
  await second.getByText(/^Saved/).waitFor();
  await page.reload();
  await page.locator('.cm-content', { hasText: 'from the second tab' }).waitFor();
  await page.context().close();
});

test('a session that ends during work loses no code', async () => {
  const { page } = await newVisitor(browser);
  const account = await register(page, enrolmentCode);
  await openProblem(page, 'snack-money');
  await page.context().clearCookies();
  await writeProgram(page, 'print("kept")\n');
  await page.getByText('Your session has ended').first().waitFor();
  await page
    .getByRole('link', { name: /Sign in/ })
    .last()
    .click();
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/problems/snack-money*');
  await page.locator('.cm-content', { hasText: 'kept' }).waitFor();
  await page.context().close();
});

test('without a network the code is kept, and saved when it is back', async () => {
  const { page } = await newVisitor(browser);
  await register(page, enrolmentCode);
  await openProblem(page, 'snack-money');
  await page.context().setOffline(true);
  await writeProgram(page, 'print("offline")\n');
  await page.getByText('No connection to the server').waitFor();
  await page.context().setOffline(false);
  await page.getByText(/^Saved/).waitFor();
  await page.reload();
  await page.locator('.cm-content', { hasText: 'offline' }).waitFor();
  await page.context().close();
});
