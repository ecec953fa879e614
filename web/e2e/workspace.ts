import type { Page } from 'playwright-core';

/** Puts a whole new text into the editor, as if it were pasted, once it can be written: not while a draft is fetched. */
export const writeProgram = async (page: Page, text: string): Promise<void> => {
  await page.locator('.cm-content:not([aria-readonly="true"])').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
};

/** Opens a problem's workspace and waits until the editor has taken the place of the plain text field. */
export const openProblem = async (page: Page, slug: string): Promise<void> => {
  await page.goto(`/problems/${slug}`);
  await page.locator('.cm-content').waitFor();
};

/** The words of the header above the results of a judged submission. */
export const judgedHeader = (page: Page) =>
  page.getByText(/\d+ of \d+ tests passed, \d+ of \d+ points/).first();
