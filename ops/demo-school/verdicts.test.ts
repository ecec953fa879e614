import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createJudgeClient, type JudgeClient } from '../../api/src/judge/client.js';
import { languageOf, limitsFor } from '../../api/src/judge/languages.js';
import { runCases } from '../../api/src/judge/run-cases.js';
import { outcomeOf, verdictOf, type Outcome } from '../../api/src/judge/verdict.js';
import { startEngine, type TestEngine } from '../embedded/test-stack.js';
import { loadDemoSchool } from './load.js';
import type { DemoProblem } from './schema.js';

const deadlineMs = 240_000;
const coursesFolder = path.join(import.meta.dirname, 'courses');
const slugs = readdirSync(coursesFolder).flatMap((course) =>
  readdirSync(path.join(coursesFolder, course, 'problems')),
);

let engine: TestEngine;
let judge: JudgeClient;
let problems: Map<string, DemoProblem>;

/** The verdict of the real engine on all tests of the problem, as the grader would give it. */
const judged = async (problem: DemoProblem, languageId: number, source: string): Promise<Outcome> => {
  const limits = limitsFor(problem, languageId);
  const cases = problem.tests.map(({ stdin, expected }) => ({
    languageId,
    sourceCode: source,
    stdin,
    expectedOutput: expected,
    limits,
  }));
  const results: { position: number; status: Outcome }[] = [];
  for await (const landed of runCases(judge, cases, { deadlineMs })) {
    for (const { index, result } of landed) {
      results.push({ position: index, status: outcomeOf(result, limits) });
    }
  }
  const failed = results.some(({ status }) => status === 'judge_failed');
  return failed ? 'judge_failed' : verdictOf(results as Parameters<typeof verdictOf>[0]);
};

const problemOf = (slug: string): DemoProblem => {
  const problem = problems.get(slug);
  if (!problem) throw new Error(`${slug} was not loaded`);
  return problem;
};

beforeAll(async () => {
  engine = await startEngine();
  judge = createJudgeClient({ url: engine.url, key: engine.token });
  const school = await loadDemoSchool();
  problems = new Map(school.courses.flatMap((course) => course.problems).map((one) => [one.slug, one]));
});

afterAll(() => engine.stop());

describe.each(slugs)('%s', (slug) => {
  test('every reference solution is accepted', async () => {
    const problem = problemOf(slug);
    const verdicts = await Promise.all(
      problem.references.map(async ({ languageId, source }) => [
        languageOf(languageId).name,
        await judged(problem, languageId, source),
      ]),
    );
    expect(Object.fromEntries(verdicts)).toEqual({
      Python: 'accepted',
      'C++': 'accepted',
      Java: 'accepted',
      JavaScript: 'accepted',
    });
  }, 240_000);

  test('every typical mistake gets its stated verdict', async () => {
    const problem = problemOf(slug);
    const verdicts: [string, Outcome][] = [];
    for (const { file, languageId, source } of problem.wrong) {
      verdicts.push([file, await judged(problem, languageId, source)]);
    }
    expect(Object.fromEntries(verdicts)).toEqual(
      Object.fromEntries(problem.wrong.map(({ file, verdict }) => [file, verdict])),
    );
    expect(verdicts.length).toBeGreaterThanOrEqual(2);
  }, 240_000);
});
