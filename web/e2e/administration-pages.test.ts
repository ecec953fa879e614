import { afterAll, beforeAll, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { newVisitor, openBrowser, signInAs } from './school.js';

let browser: Browser;
let signedIn: BrowserContextOptions;

beforeAll(async () => {
  browser = await openBrowser();
  const { page } = await newVisitor(browser);
  await signInAs(page, 'admin');
  signedIn = { storageState: await page.context().storageState() };
  await page.context().close();
});

afterAll(() => browser.close());

const main = (page: Page) => page.getByRole('main');

/** Each fault that axe finds (WCAG 2.2 A and AA), with the elements. */
const faults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: axe.Result[] }>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`,
  );
};

const pages: [path: string, heading: string][] = [
  ['/admin/health', 'Health'],
  ['/admin/cache', 'Cache'],
  ['/admin/limits', 'Limits'],
  ['/admin/limits?edit=read', 'Limits'],
  ['/admin/mail', 'Mail'],
  ['/admin/users/$learner', 'Amara Okonkwo'],
];

const phone = { width: 390, height: 844 };
const desk = { width: 1366, height: 844 };

test('each page opens, is accessible in light and dark, and fits a phone', async () => {
  const { page, problems } = await newVisitor(browser, { ...signedIn, reducedMotion: 'reduce' });
  await page.goto('/admin/users?q=learner@demo.school');
  const learner = await main(page).getByRole('rowheader').getByRole('link').getAttribute('href');
  const found: Record<string, string[]> = {};
  for (const [path, heading] of pages) {
    await page.setViewportSize(desk);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(path.replace('/admin/users/$learner', learner ?? ''));
    await main(page).getByRole('heading', { level: 1, name: heading }).waitFor();
    found[path] = await faults(page);
    await page.setViewportSize(phone);
    await page.emulateMedia({ colorScheme: 'dark' });
    found[path].push(...(await faults(page)));
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > phone.width) found[path].push(`${width} px wide`);
  }
  expect(found).toEqual(Object.fromEntries(pages.map(([path]) => [path, []])));
  expect(problems).toEqual([]);
  await page.context().close();
});

test('health tells how each of its five parts is', async () => {
  const { page, problems } = await newVisitor(browser, signedIn);
  await page.goto('/admin/health');
  // On a busy machine a part may miss its time; the page looks again by itself.
  await main(page).getByText('All components are healthy', { exact: true }).waitFor({ timeout: 60_000 });
  const parts = main(page).getByRole('listitem');
  expect(await parts.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
    'Database',
    'Redis',
    'Judge',
    'Mail',
    'Files',
  ]);
  for (const [part, state] of [
    ['Database', 'Healthy'],
    ['Redis', 'Off'],
    ['Judge', 'Healthy'],
    ['Mail', 'Healthy'],
    ['Files', 'Healthy'],
  ] as const) {
    await parts
      .filter({ has: page.getByRole('heading', { name: part }) })
      .getByText(state, { exact: true })
      .waitFor();
  }
  expect(problems).toEqual([]);
  await page.context().close();
});

test('the cache is emptied only after a yes, it is said, and the log has who did it', async () => {
  const { page, problems } = await newVisitor(browser, signedIn);
  await page.goto('/admin/cache');
  const empty = page.getByRole('button', { name: 'Empty the cache' });
  const dialog = page.getByRole('dialog', { name: 'Empty the cache?' });
  const notice = page.getByText(/^\d+ (entry was|entries were) forgotten\.$/);
  await empty.click();
  await dialog.getByRole('link', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await notice.count()).toBe(0);
  await empty.click();
  await dialog.getByRole('button', { name: 'Empty it' }).click();
  await notice.waitFor();

  await page.goto('/admin/audit?action=cache.flush');
  const acts = main(page).getByRole('rowheader');
  await acts.first().waitFor();
  await page.getByLabel('Who').selectOption({ label: 'Jonas Lindqvist' });
  await page.waitForURL(/actor=[0-9a-f-]{36}/);
  expect((await acts.allInnerTexts()).every((act) => act.startsWith('Cache: flush'))).toBe(true);
  expect(await page.getByLabel('Act').inputValue()).toBe('cache.flush');
  await page.getByLabel('Who').selectOption('Everybody');
  await page.waitForURL((url) => !url.searchParams.get('actor'));
  expect(problems).toEqual([]);
  await page.context().close();
});
