import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { mustCompose, root } from '../stack.js';
import { publicUrl, stack } from './client.js';
import { until } from './waiting.js';

const pictures = path.join(root, 'artifacts/screenshots');
const wrong = 'coins, price = map(int, input().split())\nprint(coins // price)\nprint(price)\n';
const right = `import time\ntime.sleep(0.3)\n${wrong.replace('print(price)', 'print(coins % price)')}`;

let browser: Browser;

/** What Chromium calls a key: the SHA-256 of its public part. */
const keyOf = (certificate: X509Certificate): string =>
  createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

beforeAll(async () => {
  const intermediate = await mustCompose(stack, [
    ...['exec', '-T', 'caddy', 'cat', '/data/caddy/pki/authorities/local/intermediate.crt'],
  ]);
  const authorities = [intermediate, readFileSync(stack.rootCertificateFile)];
  const keys = authorities.map((each) => keyOf(new X509Certificate(each)));
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
      `--host-resolver-rules=MAP ${stack.domain} 127.0.0.1`,
      // Errors of certificates are overlooked for those that Caddy's own authority signed, and for no others.
      `--ignore-certificate-errors-spki-list=${keys.join(',')}`,
    ],
  });
}, 120_000);

afterAll(() => browser?.close());

const visit = async (): Promise<{ page: Page; problems: string[] }> => {
  const context = await browser.newContext({ baseURL: publicUrl, locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { page, problems };
};

const keepPicture = async (page: Page, name: string): Promise<void> => {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `compose-${name}.png`) });
};

const write = async (page: Page, program: string): Promise<void> => {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(program);
};

test('the first administrator opens the school by the link that the server shows', async () => {
  const { page, problems } = await visit();
  await page.goto(stack.invitationUrl);
  await page.getByLabel('Full name').fill('Ada Lovelace');
  await page.getByLabel('Password').first().fill('a long test password');
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await page.waitForURL('**/dashboard');
  await page.goto('/admin');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await keepPicture(page, 'first-administrator');
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a learner signs in, runs a program, submits it, and sees each test as it is judged', async () => {
  const { page, problems } = await visit();
  // A platform that is too busy says so, and asks to try again; more than five attempts in a minute were too many.
  await until(
    'a sign-in',
    async () => {
      await page.goto('/login');
      await page.getByLabel('E-mail').fill('learner@demo.school');
      await page.getByLabel('Password').fill(stack.passwords['learner@demo.school'] ?? '');
      await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL('**/dashboard', { timeout: 60_000 });
      return true;
    },
    { limitMs: 240_000, pauseMs: 13_000 },
  );
  // The browser tells of a refused attempt, too.
  problems.length = 0;
  await page.goto('/problems/snack-money');
  await page.locator('.cm-content').waitFor();
  await write(page, wrong);
  await page.keyboard.press('Control+Enter');
  await page.getByText('0 of 2 samples passed').first().waitFor();
  await write(page, right);
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.getByRole('progressbar').first().waitFor();
  await page
    .getByText(/^Test 1/)
    .first()
    .waitFor();
  // Seen while the others still run: the stream comes through the door without being held back.
  expect(await page.getByText(/\d+ of \d+ tests passed, \d+ of \d+ points/).count()).toBe(0);
  await page.getByText('8 of 8 tests passed, 10 of 10 points').first().waitFor();
  await keepPicture(page, 'judged');
  await page.goto('/dashboard');
  await page.getByText('Accepted').first().waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});
