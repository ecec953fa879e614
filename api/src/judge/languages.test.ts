import { describe, expect, test } from '@jest/globals';
import { languageOf, languages, limitsFor } from './languages.js';

const problem = { timeLimitMs: 1000, memoryLimitKb: 128_000, waitLimitMs: null };

describe('the limits of a program', () => {
  test('are those of the problem in a compiled language', () => {
    expect(limitsFor(problem, 50)).toMatchObject({ cpuMs: 1000, memoryKb: 128_000 });
  });

  test.each([...languages.keys()])('are no smaller than those of the problem in language %i', (id) => {
    const { cpuMs, wallMs, memoryKb } = limitsFor(problem, id);
    expect(cpuMs).toBeGreaterThanOrEqual(problem.timeLimitMs);
    expect(memoryKb).toBeGreaterThanOrEqual(problem.memoryLimitKb);
    expect(wallMs).toBeGreaterThan(cpuMs);
  });

  test.each([...languages.keys(), 999])('stay within what Judge0 takes in language %i', (id) => {
    const { cpuMs, wallMs, memoryKb } = limitsFor(
      { timeLimitMs: 15_000, memoryLimitKb: 512_000, waitLimitMs: null },
      id,
    );
    expect(cpuMs).toBeLessThanOrEqual(15_000);
    expect(wallMs).toBeLessThanOrEqual(20_000);
    expect(memoryKb).toBeLessThanOrEqual(512_000);
  });
});

test('a language that the product does not know has a plain name', () => {
  expect(languageOf(999)).toMatchObject({ id: 999, name: 'Language 999', editorMode: 'text' });
});
