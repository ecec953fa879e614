import { afterAll, beforeAll, expect, test } from '@jest/globals';
import axe from 'axe-core';
import { Secret, TOTP } from 'otpauth';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { demoPasswords, keepPicture, newVisitor, openBrowser, signInAs } from './school.js';

const email = 'instructor@demo.school';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

/** The code now, or so many steps later: each works once, and one step ahead is taken. */
const codeOf = (secret: string, stepsLater = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsLater * 30_000 });

const givePassword = async (page: Page, next = '/dashboard'): Promise<void> => {
  await page.goto(`/login?next=${encodeURIComponent(next)}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(demoPasswords[email] ?? '');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
};

const giveCode = async (page: Page, code: string): Promise<void> => {
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
};

const signOut = async (page: Page): Promise<void> => {
  await page.locator('header summary').click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('**/login');
};

const faults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: axe.Result[] }>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
};

test('an instructor sets up a second step, signs in with a code and with a recovery code, and turns it off', async () => {
  const { page, problems } = await newVisitor(browser);
  await signInAs(page, 'instructor');
  await page.goto('/account/second-factor');
  expect(await faults(page)).toEqual([]);
  await page.getByLabel('Your password').fill(demoPasswords[email] ?? '');
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByAltText('QR code').waitFor();
  expect(await faults(page)).toEqual([]);
  await keepPicture(page, 'second-factor-set-up');
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '');

  await page.getByLabel('Code', { exact: true }).fill('12345');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText('This code is not right').waitFor();
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, -1));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await keepPicture(page, 'second-factor-recovery-codes');
  const recoveryCodes = await page.getByRole('main').getByRole('listitem').allInnerTexts();
  expect(recoveryCodes).toHaveLength(10);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  const kept = await readFile(await download.path(), 'utf8');
  for (const code of recoveryCodes) expect(kept).toContain(code);
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await page.getByText('10 of 10 recovery codes').waitFor();
  expect(await page.getByText(recoveryCodes[0] ?? '').count()).toBe(0);

  await signOut(page);
  await givePassword(page, '/submissions');
  await page.waitForURL('**/second-factor?next=*');
  expect(await faults(page)).toEqual([]);
  await keepPicture(page, 'second-factor-sign-in');
  await page.goto('/dashboard');
  await page.waitForURL('**/second-factor?next=*');
  await page.goto('/second-factor?next=%2Fsubmissions');
  await giveCode(page, '000000');
  await page.getByText('This code is not right').waitFor();
  await giveCode(page, codeOf(secret));
  await page.waitForURL('**/submissions');

  await signOut(page);
  await givePassword(page);
  await page.waitForURL('**/second-factor?next=*');
  await giveCode(page, recoveryCodes[4] ?? '');
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
  await page.goto('/account/second-factor');
  await page.getByText('9 of 10 recovery codes').waitFor();
  await page.getByText('Turn it off').click();
  const off = page.locator('details', { hasText: 'Turn it off' });
  await off.getByLabel('Your password').fill(demoPasswords[email] ?? '');
  await off.getByLabel('Code', { exact: true }).fill(recoveryCodes[5] ?? '');
  await off.getByRole('button', { name: 'Turn off' }).click();
  await page.getByText('Two-factor authentication is off.').waitFor();

  await signOut(page);
  await givePassword(page);
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
  expect(problems.filter((text) => !text.includes('422'))).toEqual([]);
  await page.context().close();
});

test('the second step of signing in works without JavaScript', async () => {
  const { page } = await newVisitor(browser, { javaScriptEnabled: false });
  await page.goto('/login?next=%2Faccount%2Fsecond-factor');
  await page.getByLabel('E-mail').fill('admin@demo.school');
  await page.getByLabel('Password').fill(demoPasswords['admin@demo.school'] ?? '');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Your password').fill(demoPasswords['admin@demo.school'] ?? '');
  await page.getByRole('button', { name: 'Set up' }).click();
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  const [recoveryCode = ''] = await page.getByRole('main').getByRole('listitem').allInnerTexts();
  await page.context().clearCookies();
  await page.goto('/login');
  await page.getByLabel('E-mail').fill('admin@demo.school');
  await page.getByLabel('Password').fill(demoPasswords['admin@demo.school'] ?? '');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await giveCode(page, recoveryCode);
  await page.waitForURL('**/dashboard');
  await page.goto('/account/second-factor');
  await page.getByText('Turn it off').click();
  const off = page.locator('details', { hasText: 'Turn it off' });
  await off.getByLabel('Your password').fill(demoPasswords['admin@demo.school'] ?? '');
  await off.getByLabel('Code', { exact: true }).fill(codeOf(secret, 1));
  await off.getByRole('button', { name: 'Turn off' }).click();
  await page.getByText('Two-factor authentication is off.').waitFor();
  await page.context().close();
});

test('who lost the phone and the recovery codes is let in again by an administrator', async () => {
  const { page } = await newVisitor(browser);
  await signInAs(page, 'instructor');
  await page.goto('/account/second-factor');
  await page.getByLabel('Your password').fill(demoPasswords[email] ?? '');
  await page.getByRole('button', { name: 'Set up' }).click();
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('main').getByRole('listitem').first().waitFor();

  const admin = await newVisitor(browser);
  await signInAs(admin.page, 'admin');
  await admin.page.goto(`/admin/users?q=${email}`);
  await admin.page.getByRole('rowheader').getByRole('link').click();
  const remove = admin.page.getByRole('button', { name: 'Turn off two-factor authentication' });
  await remove.click();
  await admin.page.getByRole('dialog').getByRole('button', { name: 'Turn it off' }).click();
  await admin.page.getByText('Two-factor authentication is off for Priya Raman.').waitFor();
  expect(await remove.count()).toBe(0);
  await admin.page.getByText('Second factor: reset').waitFor();
  expect(admin.problems).toEqual([]);

  await page.context().clearCookies();
  await signInAs(page, 'instructor');
  await page.context().close();
  await admin.page.context().close();
});
