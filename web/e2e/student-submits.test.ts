import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { enrolmentCode, keepPicture, newVisitor, openBrowser, register, signInAs } from './school.js';
import { judgedHeader, openProblem, writeProgram } from './workspace.js';

const wrong = 'coins, price = map(int, input().split())\nprint(coins // price)\nprint(price)\n';
const right = 'coins, price = map(int, input().split())\nprint(coins // price)\nprint(coins % price)\n';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

test('a learner registers, enrols, submits a wrong program, sees why, corrects it, and has progress', async () => {
  const { page, problems } = await newVisitor(browser);
  await register(page, enrolmentCode);
  await keepPicture(page, 'journey-1-dashboard-new');
  await page.getByRole('link', { name: 'Introduction to Programming' }).first().click();
  await page.getByRole('link', { name: 'Snack Money' }).first().click();
  await page.locator('.cm-content').waitFor();
  await keepPicture(page, 'journey-2-problem');

  await writeProgram(page, wrong);
  await page.keyboard.press('Control+Enter');
  await page.getByText('0 of 2 samples passed').first().waitFor();
  await keepPicture(page, 'journey-3-run');

  await page.keyboard.press('Control+Shift+Enter');
  await judgedHeader(page).waitFor();
  const failed = page.getByRole('group', { name: /expected.*got/i }).first();
  await failed.waitFor();
  expect(await judgedHeader(page).innerText()).toContain('0 of 8 tests passed, 0 of 10 points');
  await keepPicture(page, 'journey-4-wrong');

  await writeProgram(page, right);
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByText('8 of 8 tests passed, 10 of 10 points').first().waitFor();
  await page.getByRole('link', { name: 'Next: Weather Abroad' }).waitFor();
  await keepPicture(page, 'journey-5-right');

  await page.goto('/dashboard');
  await page.getByText('1 of 14').first().waitFor();
  await page.getByText('Accepted').first().waitFor();
  await keepPicture(page, 'journey-6-dashboard');
  expect(problems).toEqual([]);
  await page.context().close();
});

test('each test shows as it lands, and the place in the queue before', async () => {
  const { page } = await newVisitor(browser);
  await signInAs(page, 'learner');
  await openProblem(page, 'snack-money');
  await writeProgram(page, `import time\ntime.sleep(0.4)\n${right}`);
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  const progress = page.getByRole('progressbar').first();
  await progress.waitFor();
  await page
    .getByText(/^Test 1/)
    .first()
    .waitFor();
  expect(await judgedHeader(page).count()).toBe(0);
  await page.getByText('8 of 8 tests passed').first().waitFor();
  await page.context().close();
});

describe('what goes wrong is told in words for learners', () => {
  test.each([
    ['Compile error', 'C', 'int main() { return x; }', /undeclared/],
    ['Runtime error', 'Python', 'print(1 // 0)', /ZeroDivisionError/],
  ])('%s', async (verdict, language, program, detail) => {
    const { page } = await newVisitor(browser);
    await register(page, enrolmentCode);
    await openProblem(page, 'snack-money');
    await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: language });
    await page.locator(`.cm-content[aria-label="Code editor, ${language}"]`).waitFor();
    await writeProgram(page, program);
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByText(verdict).filter({ visible: true }).first().waitFor({ timeout: 60_000 });
    await page.getByText(detail).filter({ visible: true }).first().waitFor({ timeout: 60_000 });
    await page.context().close();
  });
});

test('without JavaScript the same form runs and submits', async () => {
  const { page } = await newVisitor(browser, { javaScriptEnabled: false });
  await register(page, enrolmentCode);
  await page.goto('/problems/snack-money');
  await page.getByRole('textbox', { name: /^Code editor/ }).fill(right);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('2 of 2 samples passed').first().waitFor();
  expect(await page.getByRole('textbox', { name: /^Code editor/ }).inputValue()).toBe(right);
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.waitForURL('**/submissions/*');
  for (let tries = 0; tries < 20 && (await judgedHeader(page).count()) === 0; tries += 1) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await page.getByText('8 of 8 tests passed').first().waitFor();
  await page.context().close();
});

// The last one, since eight endless loops keep the judge busy for a while.
test('a program without end is stopped and told so while the other tests still run', async () => {
  const { page } = await newVisitor(browser);
  await register(page, enrolmentCode);
  await openProblem(page, 'snack-money');
  await writeProgram(page, 'while True: pass');
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByText('Time limit exceeded').filter({ visible: true }).first().waitFor({ timeout: 60_000 });
  await page.context().close();
});
