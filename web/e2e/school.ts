import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run with --config web/e2e/jest.config.js`);
  return value;
};

export const baseUrl = setting('JOURNEY_BASE_URL');
export const dataDirectory = setting('JOURNEY_DATA_DIR');
export const enrolmentCode = 'START-CODING';
export const demoPasswords = JSON.parse(setting('JOURNEY_DEMO_PASSWORDS')) as Record<string, string>;

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/screenshots');

/** Chromium of the system, without its own errands in the network. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });

/** A visitor with a browser profile of their own. `problems` collects what the console should not have said. */
export const newVisitor = async (
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[] }> => {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { page, problems };
};

/** Keeps a picture of the page as an artifact of the run. */
export const keepPicture = async (page: Page, name: string): Promise<void> => {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: path.join(artifacts, `${name}.png`) });
};

export interface Account {
  email: string;
  password: string;
}

/** Registers somebody new through the page; with a code they are enrolled at once. */
export const register = async (page: Page, code?: string): Promise<Account> => {
  const account = { email: `${randomUUID().slice(0, 8)}@example.org`, password: 'a long test password' };
  await page.goto('/register');
  await page.getByLabel('Full name').fill('Noor Haddad');
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  if (code) await page.getByLabel('Course code').fill(code);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/dashboard');
  return account;
};

/** Signs in through the page. */
export const signIn = async (page: Page, { email, password }: Account): Promise<void> => {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/dashboard');
};

/** Signs in as one of the demo accounts: learner, instructor or admin. */
export const signInAs = (page: Page, who: 'learner' | 'instructor' | 'admin'): Promise<void> => {
  const email = `${who}@demo.school`;
  return signIn(page, { email, password: demoPasswords[email] ?? '' });
};
