import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DemoSchoolError, loadDemoSchool } from './load.js';
import type { DemoSchool } from './schema.js';

const course = 'courses/introduction-to-programming';
const problem = `${course}/problems/snack-money`;

describe('our demo school', () => {
  let school: DemoSchool;
  beforeEach(async () => {
    school = await loadDemoSchool();
  });

  test('is complete: one account per role, and a course of lessons that all have problems', () => {
    expect(school.accounts.map((account) => account.role).sort()).toEqual(['admin', 'instructor', 'student']);
    expect(school.courses).toHaveLength(1);
    const [{ lessons, problems }] = school.courses as [DemoSchool['courses'][number]];
    expect(lessons.length).toBeGreaterThanOrEqual(7);
    expect(problems).toHaveLength(14);
    for (const lesson of lessons) {
      expect(problems.some((candidate) => candidate.lessonSlug === lesson.slug)).toBe(true);
    }
  });

  test('gets harder from lesson to lesson and never easier', () => {
    const rank = { easy: 0, medium: 1, hard: 2 };
    const ranks = school.courses.flatMap(({ problems }) =>
      problems.map(({ difficulty }) => rank[difficulty]),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  test('shows every verdict that a learner can meet', () => {
    const verdicts = school.courses.flatMap(({ problems }) =>
      problems.flatMap(({ wrong }) => wrong.map(({ verdict }) => verdict)),
    );
    expect([...new Set(verdicts)].sort()).toEqual([
      'compile_error',
      'memory_limit',
      'output_limit',
      'runtime_error',
      'time_limit',
      'wrong_answer',
    ]);
  });

  test('points from each lesson to its problems by their titles', () => {
    for (const { lessons, problems } of school.courses) {
      for (const { lessonSlug, title } of problems) {
        const body = lessons.find((lesson) => lesson.slug === lessonSlug)?.body;
        expect(body?.split('## Try it')[1]).toContain(`**${title}**`);
      }
    }
  });

  test('helps with every hidden test and never shows its data in the hint', () => {
    for (const { problems } of school.courses) {
      for (const hidden of problems.flatMap(({ tests }) => tests.filter(({ sample }) => !sample))) {
        expect(hidden.hint).toBeDefined();
        expect(hidden.hint).not.toContain(hidden.stdin.trim());
        expect(hidden.hint).not.toMatch(/\d/);
      }
    }
  });
});

describe('a school with mistakes', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'demo-school-'));
    for (const part of ['school.yaml', 'courses']) {
      await cp(join(import.meta.dirname, part), join(directory, part), { recursive: true });
    }
  });
  afterEach(() => rm(directory, { recursive: true }));

  const change = async (file: string, from: string | RegExp, to: string): Promise<void> => {
    const text = await readFile(join(directory, file), 'utf8');
    expect(text).toMatch(from);
    await writeFile(join(directory, file), text.replace(from, to));
  };

  const mistakes = async (): Promise<readonly string[]> => {
    const error = await loadDemoSchool(directory).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof DemoSchoolError)) throw new Error('the school was accepted', { cause: error });
    for (const mistake of error.mistakes) expect(error.message).toContain(mistake);
    return error.mistakes;
  };

  test('is refused with all mistakes at once, each with its file and field', async () => {
    await change('school.yaml', 'role: student', 'role: pupil');
    await change(`${course}/course.yaml`, 'the-middle-one', 'the-middle-two');
    await change(`${problem}/problem.yaml`, 'points: 10', 'points: 11');
    await rm(join(directory, problem, 'starter/Main.java'));
    await rm(join(directory, problem, 'solutions/reference.cpp'));
    await change(`${problem}/statement.md`, '## Constraints', '## Limits');
    expect(await mistakes()).toEqual([
      expect.stringMatching(/^school\.yaml: accounts\.0\.role: /),
      `${course}/problems/the-middle-one: is not named in course.yaml`,
      `${problem}/statement.md: has no section "## Constraints"`,
      `${problem}/starter/Main.java: is missing`,
      `${problem}/solutions/reference.cpp: is missing`,
      `${problem}/problem.yaml: points: is 11, but the tests give 10 in all`,
      `${course}/course.yaml: lessons.2.problems.1: there is no folder problems/the-middle-two`,
    ]);
  });

  test('needs samples and hidden tests that give points', async () => {
    const stdin = "stdin: ''\n  expected: ''";
    const sample = `- sample: true\n  ${stdin}\n  points: 0\n`;
    const hidden = `- sample: false\n  ${stdin}\n  points: 5\n`;
    await writeFile(join(directory, problem, 'tests.yaml'), sample + hidden + hidden);
    await change(`${course}/problems/name-badge/tests.yaml`, 'points: 3', 'points: 0');
    expect(await mistakes()).toEqual([
      `${course}/problems/name-badge/tests.yaml: 2.points: a hidden test needs points`,
      `${problem}/tests.yaml: needs at least 2 samples`,
      `${problem}/tests.yaml: needs at least 4 hidden tests`,
    ]);
  });

  test('needs the five languages, and wrong solutions that are really there', async () => {
    await change(`${problem}/problem.yaml`, '[71, 50, 54, 62, 63, 46]', '[71, 54, 62, 63, 46]');
    await change(`${problem}/solutions.yaml`, 'wrong-keeps-the-fraction.js', 'wrong-keeps-all.py');
    expect(await mistakes()).toEqual([
      `${problem}/problem.yaml: languages: 50 must be allowed`,
      `${problem}/starter/main.c: is the starter of no allowed language`,
      `${problem}/solutions.yaml: wrong.0.file: wrong-keeps-all.py is not written in 63`,
      `${problem}/solutions/wrong-keeps-all.py: is missing`,
      `${problem}/solutions/wrong-keeps-the-fraction.js: is not named in solutions.yaml`,
    ]);
  });

  test('has every slug once, every field spelled right, and valid YAML', async () => {
    await change(`${course}/course.yaml`, '[snack-money,', '[snack-money, snack-money,');
    await change(`${problem}/problem.yaml`, 'timeLimitMs', 'timeLimit');
    await writeFile(join(directory, problem, 'tests.yaml'), '- sample: [true');
    const found = await mistakes();
    expect(found).toContain(`${course}/course.yaml: problems: "snack-money" stands there twice`);
    expect(found).toContainEqual(expect.stringMatching(/snack-money\/problem\.yaml: timeLimitMs: /));
    expect(found).toContainEqual(expect.stringMatching(/snack-money\/problem\.yaml: .*"timeLimit"/));
    expect(found).toContainEqual(expect.stringMatching(/snack-money\/tests\.yaml: is not valid YAML/));
  });

  test('is missing altogether', async () => {
    await rm(join(directory, 'courses'), { recursive: true });
    await rm(join(directory, 'school.yaml'));
    expect(await mistakes()).toEqual(['school.yaml: is missing', 'courses: has no course']);
  });
});
