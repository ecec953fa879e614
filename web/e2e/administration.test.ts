import { afterAll, beforeAll, expect, test } from '@jest/globals';
import axe from 'axe-core';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { keepPicture, newVisitor, openBrowser, signInAs } from './school.js';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

const main = (page: Page) => page.getByRole('main');
const password = 'a long test password';

/** Each serious fault that axe finds (WCAG 2.2 A and AA), with the elements. */
const faults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: axe.Result[] }>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`,
  );
};

test('a list is looked at and invited, somebody accepts, gets another role, is shut out, and all is in the log', async () => {
  const tag = randomUUID().slice(0, 8);
  const email = `grace-${tag}@example.org`;
  const { page, problems } = await newVisitor(browser);
  await signInAs(page, 'admin');
  await page.locator('summary', { hasText: 'Account of' }).click();
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();

  // The list is looked at first, and nobody is invited by that.
  await page
    .getByRole('navigation', { name: 'Administration' })
    .getByRole('link', { name: 'Invitations' })
    .click();
  await main(page).getByRole('link', { name: 'Invite a list' }).first().click();
  await page
    .getByLabel('List')
    .fill(
      [
        'email,name,role,course',
        `${email},Grace Hopper,student,introduction-to-programming`,
        'no address,Nobody,,',
        'learner@demo.school,,,',
      ].join('\n'),
    );
  await page.getByRole('button', { name: 'See what happens' }).click();
  await page
    .getByRole('heading', { name: '1 person will be invited, 1 row is passed over, 1 row is not right' })
    .waitFor();
  await page.getByText('This is not an e-mail address.').waitFor();
  await keepPicture(page, 'admin-import');
  await page.getByRole('button', { name: 'Invite 1' }).click();
  await page.getByRole('heading', { name: /^1 person was invited/ }).waitFor();

  // The link is handed over, as where no mail is sent.
  await page.goto(`/admin/invitations?q=${tag}`);
  await main(page)
    .getByRole('link', { name: `Link of ${email}` })
    .click();
  await page.getByRole('button', { name: 'Show the link' }).click();
  const link = await page.getByLabel(`For ${email}`).inputValue();

  const invited = await newVisitor(browser);
  await invited.page.goto(link);
  expect(await invited.page.getByLabel('Full name').inputValue()).toBe('Grace Hopper');
  await keepPicture(invited.page, 'invitation');
  await invited.page.getByLabel('Password', { exact: true }).fill('short');
  await invited.page.getByRole('button', { name: 'Accept and sign in' }).click();
  await invited.page.getByText('Use at least 10 characters.').first().waitFor();
  await invited.page.getByLabel('Password', { exact: true }).fill(password);
  await invited.page.getByRole('button', { name: 'Accept and sign in' }).click();
  await invited.page.waitForURL('**/dashboard');
  await invited.page.getByRole('link', { name: 'Introduction to Programming' }).first().waitFor();
  expect((await invited.page.goto('/admin'))?.status()).toBe(403);
  await invited.page.goto(link);
  await invited.page.getByText('This invitation has been accepted.').waitFor();

  // She becomes an instructor, and then the account is closed.
  await page.goto('/admin/users');
  await page.getByRole('searchbox').fill(tag);
  await page.getByText('1–1 of 1').waitFor();
  await page.getByRole('rowheader').getByRole('link', { name: 'Grace Hopper' }).click();
  await page.getByRole('button', { name: 'Make an instructor' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click();
  await page.getByText('Grace Hopper is an instructor now.').waitFor();
  await page.getByRole('button', { name: 'Close the account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close the account' }).click();
  await page.getByText('The account of Grace Hopper is closed.').waitFor();
  await keepPicture(page, 'admin-user');

  await invited.page.goto('/dashboard');
  await invited.page.waitForURL('**/login*');
  await invited.page.getByText('This account is closed. Ask your school.').waitFor();
  await invited.page.getByLabel('E-mail').fill(email);
  await invited.page.getByLabel('Password', { exact: true }).fill(password);
  await main(invited.page).getByRole('button', { name: 'Sign in' }).click();
  // Sign-in tells nobody which addresses have an account, so a closed one reads as an unknown one.
  await invited.page.getByRole('alert').getByText('The e-mail address or the password is wrong.').waitFor();

  // The log has it, newest first, with before and after.
  await page.goto('/admin/audit?q=Grace');
  const acts = await page.getByRole('rowheader').allInnerTexts();
  expect(acts.slice(0, 2).map((act) => act.split('\n')[0])).toEqual([
    'User: deactivate',
    'User: change role',
  ]);
  await page
    .getByRole('row')
    .filter({ hasText: 'User: change role' })
    .first()
    .getByText('instructor')
    .waitFor();
  expect(problems).toEqual([]);
  await invited.page.context().close();
  await page.context().close();
});

test('several are chosen by the keyboard, and what happens is asked before, also without JavaScript', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await newVisitor(browser, { javaScriptEnabled });
    await signInAs(page, 'admin');
    await page.goto('/admin/users?q=demo.school&role=student');
    await page
      .getByRole('checkbox', { name: /^Choose (?!all)/ })
      .first()
      .focus();
    await page.keyboard.press('Space');
    await page
      .getByLabel(/chosen/)
      .last()
      .selectOption('close');
    await page.getByRole('button', { name: 'Go on' }).click();
    const dialog = page.getByRole('dialog', { name: 'Close the accounts of 1 person?' });
    await dialog.waitFor();
    await dialog.getByRole('link', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('1–1 of 1').waitFor();
    await page.context().close();
  }
});

test('who may register is a setting that the page for registering follows', async () => {
  const { page } = await newVisitor(browser);
  await signInAs(page, 'admin');
  const visitor = await newVisitor(browser);
  const choose = async (rule: string): Promise<void> => {
    await page.goto('/admin/organization');
    await page.getByLabel('Who may register').selectOption(rule);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The settings are saved.').waitFor();
  };
  try {
    await choose('closed');
    await visitor.page.goto('/register');
    await visitor.page.getByText('ask your teacher for an invitation').waitFor();
    expect(await visitor.page.getByLabel('Full name').count()).toBe(0);
    await choose('code');
    await visitor.page.goto('/register');
    await visitor.page.getByLabel('Course code', { exact: true }).waitFor();
  } finally {
    await choose('open');
  }
  await visitor.page.context().close();
  await page.context().close();
});

test('people are taken away as a file', async () => {
  const { page } = await newVisitor(browser);
  await signInAs(page, 'admin');
  await page.goto('/admin/users?role=admin');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^users-\d{4}-\d\d-\d\d\.csv$/);
  expect(await readFile(await file.path(), 'utf8')).toContain('admin@demo.school');
  await page.context().close();
});

const pages: [name: string, path: string][] = [
  ['admin', '/admin'],
  ['admin-users', '/admin/users'],
  ['admin-invitations', '/admin/invitations'],
  ['admin-invite', '/admin/invitations/new'],
  ['admin-invite-list', '/admin/invitations/import'],
  ['admin-audit', '/admin/audit'],
  ['admin-organization', '/admin/organization'],
];

test.each([
  ['light', 1366],
  ['dark', 1366],
  ['light', 390],
] as const)('the pages are accessible and fit the screen (%s, %d px)', async (colorScheme, width) => {
  const { page, problems } = await newVisitor(browser, { colorScheme, viewport: { width, height: 844 } });
  await signInAs(page, 'admin');
  const found: Record<string, string[]> = {};
  for (const [name, path] of pages) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    found[name] = await faults(page);
    const wide = await page.evaluate<boolean>(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    if (wide) found[name].push('wider than the screen');
    await keepPicture(page, `${name}-${colorScheme}-${width}`);
  }
  expect(found).toEqual(Object.fromEntries(pages.map(([name]) => [name, []])));
  expect(problems).toEqual([]);
  await page.context().close();
});
