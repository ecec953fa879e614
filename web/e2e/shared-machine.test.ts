import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  baseUrl,
  enrolmentCode,
  keepPicture,
  newVisitor,
  openBrowser,
  register,
  signInAs,
} from './school.js';
import { openProblem, writeProgram } from './workspace.js';

const patience = { timeout: 60_000 };
const othersProgram = 'print("not by the one who is signed in")';
const routesFolder = path.resolve(import.meta.dirname, '../app/routes');

/** Every address of ours that takes a form. */
const addressesWithAction = readdirSync(routesFolder)
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
  .filter((file) =>
    /export (?:async function|const) action\b|export \{[^}]*\baction\b/.test(
      readFileSync(path.join(routesFolder, file), 'utf8'),
    ),
  )
  .map((file) => {
    const parts = file
      .replace(/\.tsx?$/, '')
      .split('.')
      .map((part) => part.replace(/_$/, ''))
      .map((part) => (part.startsWith('$') ? '1' : part));
    const index = parts.at(-1) === '_index' ? '?index' : '';
    return `/${parts.filter((part) => part !== '_index').join('/')}${index}`;
  });

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

/** A second tab of the same browser, in which the first user signs out and the demo learner signs in. */
const takeOver = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto('/account');
  await page.locator('header summary').click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('**/login');
  await signInAs(page, 'learner');
  return page;
};

const ownDraft = async (page: Page): Promise<{ version: number; sourceCode: string }> => {
  const answer = await page.context().request.get(`${baseUrl}/problems/snack-money/drafts/71`);
  return ((await answer.json()) as { value: { version: number; sourceCode: string } }).value;
};

const submissionsOf = async (page: Page): Promise<string[]> => {
  const answer = await page.context().request.get(`${baseUrl}/problems/snack-money/history`);
  const { value } = (await answer.json()) as { value: { submissions: { id: string }[] } };
  return value.submissions.map(({ id }) => id);
};

describe('when somebody else signs in in a second tab', () => {
  test('the first tab says so at once, over everything, and sends nothing of what was typed', async () => {
    const { page, problems } = await newVisitor(browser);
    await register(page, enrolmentCode);
    await openProblem(page, 'snack-money');
    const second = await takeOver(page.context());
    const notice = page.getByRole('alertdialog', { name: /^You are signed in as .+ in this browser now$/ });
    await notice.waitFor(patience);
    await keepPicture(page, 'other-owner');
    const before = { draft: await ownDraft(second), submissions: await submissionsOf(second) };

    // Whatever still runs on that page: the server is the one who says no.
    const statuses = await page.evaluate(async (program) => {
      const post = (url: string, method: string, body: unknown) =>
        fetch(url, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
      const body = { languageId: 71, sourceCode: program, stdin: '', version: 0 };
      const answers = await Promise.all([
        fetch('/problems/snack-money/drafts/71'),
        post('/problems/snack-money/drafts/71', 'PUT', body),
        post('/problems/snack-money/run', 'POST', body),
        post('/problems/snack-money/submit', 'POST', body),
      ]);
      return answers.map(({ status }) => status);
    }, othersProgram);
    expect(statuses).toEqual([409, 409, 409, 409]);
    expect({ draft: await ownDraft(second), submissions: await submissionsOf(second) }).toEqual(before);

    await page.getByRole('button', { name: /^Continue as/ }).click();
    await page.locator('.cm-content').waitFor(patience);
    expect(await notice.count()).toBe(0);
    expect(await page.getByText('Noor Haddad').count()).toBe(0);
    expect(problems.filter((problem) => !problem.includes('409'))).toEqual([]);
    await page.context().close();
  });

  test('a tab that heard nothing learns it from the server: by typing, by a link, by its event stream', async () => {
    const { page } = await newVisitor(browser);
    await page.addInitScript('delete globalThis.BroadcastChannel');
    await register(page, enrolmentCode);
    await openProblem(page, 'snack-money');
    const owner = await page.locator('html').getAttribute('data-owner');
    const second = await takeOver(page.context());
    const before = await ownDraft(second);
    const notice = page.getByRole('alertdialog', { name: /^You are signed in as/ });
    expect(await notice.count()).toBe(0);
    await writeProgram(page, othersProgram);
    await notice.waitFor(patience);
    expect(await ownDraft(second)).toEqual(before);

    const events = await page
      .context()
      .request.get(`${baseUrl}/submissions/00000000-0000-4000-8000-000000000000/events?owner=${owner}`);
    expect(events.status()).toBe(409);
    await page.context().close();
  });

  test('a form of the first page without JavaScript changes nothing, and the answer says why', async () => {
    const { page } = await newVisitor(browser, { javaScriptEnabled: false });
    page.setDefaultTimeout(60_000);
    await register(page, enrolmentCode);
    await page.goto('/problems/snack-money');
    const second = await takeOver(page.context());
    const before = { draft: await ownDraft(second), submissions: await submissionsOf(second) };
    await page.getByRole('textbox', { name: /^Code editor/ }).fill(othersProgram);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button', { name: 'Submit', exact: true }).click(),
    ]);
    expect(answer.status()).toBe(409);
    await page.getByText(/You are signed in as .+ in this browser now/).waitFor();
    await keepPicture(page, 'other-owner-without-script');
    expect({ draft: await ownDraft(second), submissions: await submissionsOf(second) }).toEqual(before);
    await page.context().close();
  });

  test('no form of any page acts for who signed in since', async () => {
    const { page } = await newVisitor(browser);
    await register(page);
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const headers = { Cookie: cookie, Origin: new URL(baseUrl).origin };
    const open = /^\/(login|register|forgot-password|reset-password|confirm|confirm-email|invitation|theme)$/;
    const refused: string[] = [];
    for (const address of addressesWithAction.filter((one) => !open.test(one))) {
      const send = (body: string, more = {}) =>
        fetch(baseUrl + address, {
          method: 'POST',
          redirect: 'manual',
          headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded', ...more },
          body,
        });
      const other = '00000000-0000-4000-8000-000000000000';
      const answers = await Promise.all([
        send(`pageOwner=${other}`),
        send(''),
        send('', { 'X-Page-Owner': other }),
      ]);
      if (answers.every(({ status }) => status === 409)) refused.push(address);
    }
    expect(refused).toEqual(addressesWithAction.filter((one) => !open.test(one)));
    expect(refused).toContain('/problems/1/submit');
    expect(refused).toContain('/logout');
    await page.goto('/account');
    expect(await page.getByLabel('Full name').inputValue()).toBe('Noor Haddad');
    await page.context().close();
  });
});
