import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLanguageCatalog } from './catalog.js';

const python = [{ id: 71, name: 'Python (3.11.2)' }];
type Answer = typeof python | Error;

let time: number;
let questions: ((answer: Answer) => void)[];

const createCatalog = () =>
  createLanguageCatalog(
    {
      languages: () =>
        new Promise((resolve, reject) =>
          questions.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer))),
        ),
    },
    () => time,
  );

const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  time = 1_000_000;
  questions = [];
});

describe('the catalogue of languages', () => {
  test('asks once for all who want it at first, and then once a minute', async () => {
    const catalog = createCatalog();
    const both = Promise.all([catalog.installed(), catalog.installed()]);
    expect(questions).toHaveLength(1);
    questions[0]?.(python);
    expect(await both).toEqual([new Map([[71, 'Python (3.11.2)']]), new Map([[71, 'Python (3.11.2)']])]);
    time += 59_999;
    await catalog.installed();
    expect(questions).toHaveLength(1);
    time += 1;
    await catalog.installed();
    expect(questions).toHaveLength(2);
  });

  test('gives the list that it has while it asks again', async () => {
    const catalog = createCatalog();
    const first = catalog.installed();
    questions[0]?.(python);
    await first;
    time += 60_000;
    expect((await catalog.installed())?.has(71)).toBe(true);
    questions[1]?.([]);
    await settled();
    expect((await catalog.installed())?.has(71)).toBe(false);
  });

  test('keeps the list when the judge is away', async () => {
    const catalog = createCatalog();
    const first = catalog.installed();
    questions[0]?.(python);
    await first;
    time += 60_000;
    await catalog.installed();
    questions[1]?.(new Error('away'));
    await settled();
    expect((await catalog.installed())?.has(71)).toBe(true);
  });

  test('knows nothing while there was no answer yet, asks again after 5 s, and holds nobody up for it', async () => {
    const catalog = createCatalog();
    const first = catalog.installed();
    questions[0]?.(new Error('away'));
    expect(await first).toBeNull();
    expect(await catalog.installed()).toBeNull();
    expect(questions).toHaveLength(1);
    time += 5000;
    expect(await catalog.installed()).toBeNull();
    expect(questions).toHaveLength(2);
    questions[1]?.(python);
    await settled();
    expect((await catalog.installed())?.has(71)).toBe(true);
  });

  test('asks nobody without a judge', async () => {
    const catalog = createLanguageCatalog(null);
    expect(catalog.enabled).toBe(false);
    expect(await catalog.installed()).toBeNull();
  });
});
