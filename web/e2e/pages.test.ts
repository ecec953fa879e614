import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { keepPicture, newVisitor, openBrowser, signInAs } from './school.js';

const visited: [name: string, path: string][] = [
  ['dashboard', '/dashboard'],
  ['course', '/courses/introduction-to-programming'],
  ['lesson', '/courses/introduction-to-programming/lessons/fast-enough'],
  ['workspace', '/problems/snack-money'],
  ['submissions', '/submissions'],
];
const publicPages: [name: string, path: string][] = [
  ['landing', '/'],
  ['login', '/login'],
  ['register', '/register'],
  ['forgot-password', '/forgot-password'],
];

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

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

const overflows = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test('every page is accessible and says nothing in the console', async () => {
    const { page, problems } = await newVisitor(browser, { colorScheme });
    const found: Record<string, string[]> = {};
    const look = async ([name, path]: [string, string]): Promise<void> => {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      found[name] = await faults(page);
      await keepPicture(page, `${name}-${colorScheme}`);
    };
    for (const one of publicPages) await look(one);
    await signInAs(page, 'learner');
    for (const one of visited) await look(one);
    expect(found).toEqual(Object.fromEntries([...publicPages, ...visited].map(([name]) => [name, []])));
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

test('on a phone every page fits the screen', async () => {
  const { page } = await newVisitor(browser, { viewport: { width: 375, height: 812 }, hasTouch: true });
  const wide: string[] = [];
  const look = async ([name, path]: [string, string]): Promise<void> => {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    if (await overflows(page)) wide.push(name);
    await keepPicture(page, `${name}-phone`);
  };
  for (const one of publicPages) await look(one);
  await signInAs(page, 'learner');
  for (const one of visited) await look(one);
  expect(wide).toEqual([]);
  await page.context().close();
});

test('a page that is not there says so, with the request id and a way on', async () => {
  const { page } = await newVisitor(browser);
  await signInAs(page, 'learner');
  for (const path of ['/no-such-page', '/problems/no-such-problem', '/courses/no-such-course']) {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    const requestId = answer?.headers()['x-request-id'] ?? 'none';
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('main').innerText()).toContain(requestId);
  }
  await page.context().close();
});

test('the theme that somebody chose is there from the first byte', async () => {
  const { page } = await newVisitor(browser, { colorScheme: 'light', javaScriptEnabled: false });
  await page.goto('/');
  const background = (): Promise<string> =>
    page.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Dark' }).click();
  await page.waitForLoadState();
  expect(await background()).not.toBe(light);
  await page.context().close();
});
