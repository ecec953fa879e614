import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import {
  baseUrl,
  dataDirectory,
  enrolmentCode,
  newVisitor,
  openBrowser,
  register,
  signIn,
  signInAs,
} from './school.js';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

const resetLink = async (email: string): Promise<string> => {
  const folder = path.join(dataDirectory, 'mail');
  for (const file of await readdir(folder)) {
    const mail = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as { to: string; html: string };
    const link = /href="([^"]+)"/.exec(mail.html)?.[1];
    if (mail.to === email && link) return link;
  }
  throw new Error(`no mail to ${email}`);
};

test('somebody registers, joins a course by its code, signs out and in again', async () => {
  const { page, problems } = await newVisitor(browser);
  const account = await register(page);
  await page.getByLabel('Course code').fill('no-such-code');
  await page.getByRole('button', { name: 'Join course' }).click();
  await page.getByText('No course has this code').waitFor();
  await page.getByLabel('Course code').fill(enrolmentCode.toLowerCase());
  await page.getByRole('button', { name: 'Join course' }).click();
  await page.getByRole('heading', { level: 1, name: 'Introduction to Programming' }).waitFor();
  await page.locator('summary', { hasText: 'Noor Haddad' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/login');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).waitFor();
  await page.goto('/dashboard');
  expect(new URL(page.url()).pathname).toBe('/login');
  await signIn(page, account);
  await page.getByRole('link', { name: 'Introduction to Programming' }).first().waitFor();
  expect(problems.filter((text) => !text.includes('422'))).toEqual([]);
  await page.context().close();
});

test('a wrong password and an unknown address are told in the same words, and the address stays in the field', async () => {
  const { page } = await newVisitor(browser);
  const told: string[] = [];
  for (const email of ['learner@demo.school', 'nobody@example.org']) {
    await page.goto('/login');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('certainly not this');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    told.push(await alert.innerText());
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
  }
  expect(told[0]).toBe(told[1]);
  await page.context().close();
});

test('a forgotten password is set anew by the mailed link, which works once', async () => {
  const { page } = await newVisitor(browser);
  const { email, password } = await register(page);
  await page.context().clearCookies();
  await page.goto('/forgot-password');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText(email).waitFor();
  const link = await resetLink(email);
  expect(link.startsWith(`${baseUrl}/reset-password?token=`)).toBe(true);
  await page.goto(link);
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Use at least 10 characters.').waitFor();
  await page.getByLabel('New password').fill('another long password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.waitForURL('**/login*');
  await signIn(page, { email, password: 'another long password' });

  const other = (await newVisitor(browser)).page;
  await other.goto(link);
  await other.getByLabel('New password').fill('a third long password');
  await other.getByRole('button', { name: 'Change password' }).click();
  await other.getByText('Ask for a new').first().waitFor();
  await other.goto('/login');
  await other.getByLabel('E-mail').fill(email);
  await other.getByLabel('Password').fill(password);
  await other.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await other.getByRole('alert').waitFor();
  await other.context().close();
  await page.context().close();
});

test('after signing in one is back where one wanted to go, and never on another site', async () => {
  const { page } = await newVisitor(browser);
  const enter = async (): Promise<void> => {
    await page.getByLabel('E-mail').fill('learner@demo.school');
    await page
      .getByLabel('Password')
      .fill(JSON.parse(process.env['JOURNEY_DEMO_PASSWORDS'] ?? '{}')['learner@demo.school']);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  };
  await page.goto('/problems/snack-money');
  await page.waitForURL('**/login?next=*');
  await enter();
  await page.waitForURL('**/problems/snack-money');
  await page.context().clearCookies();
  await page.goto('/login?next=https://example.org/trap');
  await enter();
  await page.waitForURL(`${baseUrl}/dashboard`);
  await page.context().close();
});

test('an instructor sees the course with its enrolment code', async () => {
  const { page } = await newVisitor(browser);
  await signInAs(page, 'instructor');
  await page.goto('/courses/introduction-to-programming');
  await page.getByText(enrolmentCode).first().waitFor();
  await page.context().close();
});
