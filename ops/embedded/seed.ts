import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { DemoCourse, DemoSchool } from '../demo-school/schema.js';
import { StartError } from './start-error.js';
import { connectSupabaseRest, type SupabaseRest } from './supabase-rest.js';

export interface SeedTarget {
  url: string;
  anonKey: string;
  serviceRoleKey: string;
  /** By e-mail address. */
  passwords: Record<string, string>;
  /** Remembers what was seeded last. */
  stampFile: string;
  databaseUrl: string | undefined;
}

type Row = Record<string, unknown> & { id: string };

/** The same text for the same values, in whatever order jsonb and our files have the keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/**
 * Gives each wanted row the id of the row with the same natural key, and writes those that are new or differ.
 * Returns all of them with their ids, in their order.
 */
const write = async (
  rest: SupabaseRest,
  table: string,
  filter: string,
  naturalKey: string[],
  wanted: Record<string, unknown>[],
): Promise<Row[]> => {
  const [first] = wanted;
  if (!first) return [];
  const present = await rest.select<Row>(table, `${filter}&select=id,${Object.keys(first).join(',')}`);
  const keyOf = (row: Record<string, unknown>): string => JSON.stringify(naturalKey.map((name) => row[name]));
  const presentByKey = new Map(present.map((row) => [keyOf(row), row]));
  const rows = wanted.map((row) => ({ id: presentByKey.get(keyOf(row))?.id ?? randomUUID(), ...row }));
  const changed = rows.filter((row) => canonical(row) !== canonical(presentByKey.get(keyOf(row))));
  await rest.upsert(table, 'id', changed);
  return rows;
};

const idOf = (rows: Row[], name: string, value: unknown): string => {
  const found = rows.find((row) => row[name] === value);
  if (!found) throw new Error(`no row with ${name} ${String(value)}`);
  return found.id;
};

interface Account {
  id: string;
  email: string;
  role: string;
  organization_id: string;
}

const signUpOrCheck = async (
  rest: SupabaseRest,
  account: DemoSchool['accounts'][number],
  known: Account | undefined,
  password: string,
): Promise<string> => {
  if (!known) return rest.signUp({ ...account, password });
  if (await rest.canSignIn(account.email, password)) return known.id;
  throw new StartError(
    `The demo account ${account.email} has another password than secrets.json says.\n` +
      'Put back the secrets.json that belongs to this database, or start over with: make reset',
  );
};

/** Signs the demo accounts up and gives them their roles. Returns their ids by e-mail address. */
const seedAccounts = async (
  rest: SupabaseRest,
  school: DemoSchool,
  organizationId: string,
  passwords: Record<string, string>,
): Promise<Map<string, string>> => {
  const emails = school.accounts.map(({ email }) => `"${email}"`).join(',');
  const query = `email=in.(${encodeURIComponent(emails)})&select=id,email,role,organization_id`;
  const known = new Map((await rest.select<Account>('users', query)).map((row) => [row.email, row]));
  const ids = new Map<string, string>();
  for (const account of school.accounts) {
    const present = known.get(account.email);
    const id = await signUpOrCheck(rest, account, present, passwords[account.email] ?? '');
    ids.set(account.email, id);
    // A role is never the account's own choice, so sign-up cannot set it.
    const isRight = present?.role === account.role && present.organization_id === organizationId;
    const values = { role: account.role, organization_id: organizationId };
    if (!isRight) await rest.update('users', `id=eq.${id}`, values);
  }
  return ids;
};

const seedProblems = async (
  rest: SupabaseRest,
  course: DemoCourse,
  place: { organizationId: string; courseId: string; lessons: Row[] },
): Promise<void> => {
  const ofCourse = `course_id=eq.${place.courseId}`;
  const problems = await write(
    rest,
    'problems',
    ofCourse,
    ['slug'],
    course.problems.map((problem, index) => ({
      organization_id: place.organizationId,
      course_id: place.courseId,
      lesson_id: idOf(place.lessons, 'slug', problem.lessonSlug),
      slug: problem.slug,
      title: problem.title,
      statement: problem.statement,
      difficulty: problem.difficulty,
      points: problem.points,
      time_limit_ms: problem.timeLimitMs,
      memory_limit_kb: problem.memoryLimitKb,
      stop_after_time_limits: problem.stopAfterTimeLimits,
      wait_limit_ms: problem.waitLimitMs,
      language_ids: problem.languageIds,
      starter_code: problem.starterCode,
      // In the files it counts within the lesson, in the table within the course.
      position: index + 1,
    })),
  );
  const tests = course.problems.flatMap(({ slug, tests: ofProblem }) =>
    ofProblem.map((test, index) => ({
      problem_id: idOf(problems, 'slug', slug),
      position: index,
      sample: test.sample,
      stdin: test.stdin,
      expected_output: test.expected,
      points: test.points,
      hint: test.hint ?? null,
    })),
  );
  const ofProblems = `problem_id=in.(${problems.map(({ id }) => id).join(',')})`;
  const rows = await write(rest, 'problem_tests', ofProblems, ['problem_id', 'position'], tests);
  const kept = new Set(rows.map(({ id }) => id));
  const present = await rest.select<{ id: string }>('problem_tests', `${ofProblems}&select=id`);
  const stale = present.map(({ id }) => id).filter((id) => !kept.has(id));
  // A test that the files no longer have would still be judged.
  if (stale.length > 0) await rest.remove('problem_tests', `id=in.(${stale.join(',')})`);
};

const seedCourse = async (
  rest: SupabaseRest,
  course: DemoCourse,
  place: { organizationId: string; instructorId: string; studentIds: string[] },
): Promise<void> => {
  const { organizationId, instructorId, studentIds } = place;
  const ofOrganization = `organization_id=eq.${organizationId}`;
  const [row] = await write(
    rest,
    'courses',
    `${ofOrganization}&slug=eq.${course.slug}`,
    ['slug'],
    [
      {
        organization_id: organizationId,
        instructor_id: instructorId,
        slug: course.slug,
        title: course.title,
        summary: course.summary,
        published: true,
        enrolment_code: course.enrolmentCode,
      },
    ],
  );
  const courseId = row?.id ?? '';
  const lessons = await write(
    rest,
    'lessons',
    `course_id=eq.${courseId}`,
    ['slug'],
    course.lessons.map(({ slug, title, position, body }) => ({
      course_id: courseId,
      slug,
      title,
      position,
      body,
    })),
  );
  await seedProblems(rest, course, { organizationId, courseId, lessons });
  const enrolled = await rest.select<{ user_id: string }>(
    'enrolments',
    `course_id=eq.${courseId}&select=user_id`,
  );
  const missing = studentIds.filter((id) => !enrolled.some(({ user_id }) => user_id === id));
  const enrolments = missing.map((user_id) => ({
    course_id: courseId,
    user_id,
    organization_id: organizationId,
  }));
  await rest.upsert('enrolments', 'course_id,user_id', enrolments);
};

const readStamp = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
};

/**
 * Writes the demo school: its organization, accounts, courses, lessons, problems and tests, the learners enrolled.
 *
 * Rows are found by their natural keys and touched only when they differ; what others added stays. When nothing
 * changed since the last time it only looks whether the school is there. Throws a StartError when the accounts have
 * other passwords than these.
 */
export const seedDemoSchool = async (school: DemoSchool, target: SeedTarget): Promise<string> => {
  const rest = connectSupabaseRest(target);
  const stamp = createHash('sha256')
    .update(JSON.stringify([school, target.passwords, target.databaseUrl ?? null]))
    .digest('hex');
  const { slug, name } = school.organization;
  const ofSlug = `slug=eq.${slug}`;
  if (readStamp(target.stampFile) === stamp) {
    const present = await rest.select('organizations', `${ofSlug}&select=id`);
    if (present.length > 0) return 'as it was';
  }
  const [organization] = await write(rest, 'organizations', ofSlug, ['slug'], [{ slug, name }]);
  const organizationId = organization?.id ?? '';
  const ids = await seedAccounts(rest, school, organizationId, target.passwords);
  const idsOf = (role: string): string[] =>
    school.accounts.filter((account) => account.role === role).map(({ email }) => ids.get(email) ?? '');
  const [instructorId = ''] = idsOf('instructor');
  for (const course of school.courses) {
    await seedCourse(rest, course, { organizationId, instructorId, studentIds: idsOf('student') });
  }
  writeFileSync(target.stampFile, `${stamp}\n`, { mode: 0o600 });
  return school.courses.map(({ problems }) => `${problems.length} problems`).join(', ');
};
