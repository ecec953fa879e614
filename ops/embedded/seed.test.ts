import { afterAll, beforeAll, expect, test } from '@jest/globals';
import path from 'node:path';
import { loadDemoSchool } from '../demo-school/load.js';
import type { DemoSchool } from '../demo-school/schema.js';
import { seedDemoSchool, type SeedTarget } from './seed.js';
import { connectSupabaseRest, type SupabaseRest } from './supabase-rest.js';
import { startSupabase, type TestSupabase } from './test-stack.js';

let supabase: TestSupabase;
let school: DemoSchool;
let rest: SupabaseRest;
let target: SeedTarget;

beforeAll(async () => {
  supabase = await startSupabase();
  school = await loadDemoSchool();
  rest = connectSupabaseRest(supabase);
  target = {
    ...supabase,
    passwords: Object.fromEntries(school.accounts.map(({ email }) => [email, `password of ${email}`])),
    stampFile: path.join(supabase.directory, 'seed.json'),
    databaseUrl: undefined,
  };
  await seedDemoSchool(school, target);
}, 120_000);
afterAll(() => supabase.stop());

const tables = ['organizations', 'users', 'courses', 'lessons', 'problems', 'problem_tests'];
const everything = () =>
  Promise.all(tables.map((table) => rest.select<object>(table, 'select=id,updated_at&order=id')));

/** The same school with another first problem, as an upgrade would bring it. */
const changedSchool = (change: (problem: DemoSchool['courses'][0]['problems'][0]) => object): DemoSchool => ({
  ...school,
  courses: school.courses.map((course) => ({
    ...course,
    problems: course.problems.map((problem, place) =>
      place === 0 ? { ...problem, ...change(problem) } : problem,
    ),
  })),
});

test('every account can sign in and has its role', async () => {
  for (const { email, role, fullName } of school.accounts) {
    expect(await rest.canSignIn(email, target.passwords[email] ?? '')).toBe(true);
    const found = await rest.select('users', `email=eq.${email}&select=role,full_name`);
    expect(found).toEqual([{ role, full_name: fullName }]);
  }
});

test('the course is published with all its problems and tests, and the learner is enrolled in it', async () => {
  const [course] = school.courses;
  const rows = await rest.select<{ id: string }>('courses', 'published=is.true&select=id');
  const problems = await rest.select<{ slug: string }>('problems', 'select=slug,position&order=position');
  const tests = await rest.select('problem_tests', 'select=id');
  const enrolled = await rest.select('enrolments', 'select=course_id,users(email)');
  expect(rows).toHaveLength(1);
  expect(problems.map(({ slug }) => slug)).toEqual(course?.problems.map(({ slug }) => slug));
  expect(tests).toHaveLength(course?.problems.flatMap((problem) => problem.tests).length ?? 0);
  expect(enrolled).toEqual([{ course_id: rows[0]?.id, users: { email: 'learner@demo.school' } }]);
});

test('a second seed without its stamp touches no row', async () => {
  const before = await everything();
  await seedDemoSchool(school, { ...target, stampFile: path.join(supabase.directory, 'other.json') });
  expect(await everything()).toEqual(before);
});

test('an unchanged school is only looked for', async () => {
  expect(await seedDemoSchool(school, target)).toBe('as it was');
});

test('an upgrade changes only what differs, and takes away the tests that are no more', async () => {
  const slug = school.courses[0]?.problems[0]?.slug ?? '';
  const before = await rest.select<{ slug: string; updated_at: string }>(
    'problems',
    'select=slug,updated_at',
  );
  const upgraded = changedSchool(({ tests }) => ({ title: 'Another title', tests: tests.slice(0, -1) }));
  await seedDemoSchool(upgraded, target);
  const after = await rest.select<{ slug: string; updated_at: string }>('problems', 'select=slug,updated_at');
  const changed = after.filter(
    (row) => !before.some((old) => old.slug === row.slug && old.updated_at === row.updated_at),
  );
  expect(changed.map((row) => row.slug)).toEqual([slug]);
  const [{ title, problem_tests: kept } = { title: '', problem_tests: [] }] = await rest.select<{
    title: string;
    problem_tests: unknown[];
  }>('problems', `slug=eq.${slug}&select=title,problem_tests(id)`);
  expect(title).toBe('Another title');
  expect(kept).toHaveLength((school.courses[0]?.problems[0]?.tests.length ?? 0) - 1);
});

test('accounts with other passwords than the secrets say are refused with the remedy', async () => {
  const passwords = { ...target.passwords, 'admin@demo.school': 'not the password' };
  const seeding = seedDemoSchool(school, { ...target, passwords });
  await expect(seeding).rejects.toThrow(/admin@demo\.school has another password.*\n.*make reset/);
});
