import { randomUUID } from 'node:crypto';
import type * as WorldModule from '../../api/test/world.js';
import type { TestSupabase } from '../embedded/test-stack.js';
import type { FuzzRole } from './cases.js';

type Fixtures = typeof WorldModule;
type World = WorldModule.World;

/** A school whose people send requests and one that they must hear nothing of. */
export interface Schools {
  /** What placeholders stand for now. */
  known: () => Record<string, string>;
  /** Ids and names of the foreign school that no request names. */
  foreign: string[];
  /**
   * Takes back what requests of an administrator may have done to all others: blocks, limits and rules; whoever was
   * signed out, deactivated or given another role is replaced.
   */
  repair: () => Promise<void>;
}

/** The name of everything in the foreign school. */
const marker = 'Not for other schools';

const loadFixtures = async (supabase: TestSupabase): Promise<Fixtures> => {
  Object.assign(process.env, {
    TEST_SUPABASE_URL: supabase.url,
    TEST_SUPABASE_ANON_KEY: supabase.anonKey,
    TEST_SUPABASE_SERVICE_ROLE_KEY: supabase.serviceRoleKey,
    TEST_SUPABASE_JWT_SECRET: supabase.jwtSecret,
    TEST_SUPABASE_DIRECTORY: supabase.directory,
    TEST_ENGINE_URL: 'unused',
    TEST_ENGINE_TOKEN: 'unused',
    TEST_REDIS_URL: 'unused',
  });
  return import('../../api/test/world.js');
};

const createSchool = async (fixtures: Fixtures, apiUrl: string) => {
  const world = await fixtures.createWorld();
  const { service } = fixtures.supabase;
  const submission = {
    user_id: world.learner.id,
    problem_id: world.problem.id,
    language_id: 71,
    source_code: 'x',
  };
  const { data, error } = await service
    .from('submissions')
    .insert(submission)
    .select('id')
    .single<{ id: string }>();
  if (error) throw error;
  const form = new FormData();
  form.set('purpose', 'lesson_attachment');
  form.set('lessonId', world.lesson.id);
  form.set('file', new Blob(['a text']), 'notes.txt');
  const headers = { authorization: `Bearer ${world.instructor.accessToken}` };
  const answer = await fetch(`${apiUrl}/api/files`, { method: 'POST', headers, body: form });
  if (!answer.ok) throw new Error(`no file: ${answer.status} ${await answer.text()}`);
  const { file } = (await answer.json()) as { file: { id: string } };
  return { world, submissionId: data.id, fileId: file.id };
};

const placeholders = (
  prefix: string,
  school: Awaited<ReturnType<typeof createSchool>>,
): Record<string, string> => {
  const { organization, course, lesson, problem, ...people } = school.world;
  return {
    ...Object.fromEntries(
      Object.entries({ organization, course, lesson, problem }).flatMap(([noun, { id, slug }]) => [
        [`${prefix}.${noun}.id`, id],
        [`${prefix}.${noun}.slug`, slug],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(people).flatMap(([role, { id, email }]) => [
        [`${prefix}.${role}.id`, id],
        [`${prefix}.${role}.email`, email],
      ]),
    ),
    [`${prefix}.submission.id`]: school.submissionId,
    [`${prefix}.file.id`]: school.fileId,
    [`${prefix}.code`]: course.enrolment_code,
    [`${prefix}.refresh`]: people.learner.refreshToken,
  };
};

/** Marks the foreign school's texts, so that any of them in an answer is known. */
const markForeign = async ({ supabase }: Fixtures, world: World): Promise<void> => {
  const mark = async (table: string, values: object, id: string) => {
    const { error } = await supabase.service.from(table).update(values).eq('id', id);
    if (error) throw error;
  };
  await mark('organizations', { name: marker }, world.organization.id);
  await mark('courses', { title: marker }, world.course.id);
  await mark('lessons', { title: marker, body: marker }, world.lesson.id);
  await mark('problems', { title: marker, statement: marker }, world.problem.id);
};

/** Makes both schools through the database and the api. Throws what they throw. */
export const createSchools = async (supabase: TestSupabase, apiUrl: string): Promise<Schools> => {
  const fixtures = await loadFixtures(supabase);
  // Who signs up gets into the first school: into neither of the two that matter.
  await fixtures.createWorld();
  const other = await createSchool(fixtures, apiUrl);
  const own = await createSchool(fixtures, apiUrl);
  await markForeign(fixtures, other.world);
  // Nobody can sign in there: what that school tells its own people is no leak.
  for (const { id } of [other.world.learner, other.world.instructor, other.world.admin]) {
    const { error } = await fixtures.supabase.service.auth.admin.updateUserById(id, {
      password: randomUUID(),
    });
    if (error) throw error;
  }
  const people = { learner: own.world.learner, instructor: own.world.instructor, admin: own.world.admin };
  const { service } = fixtures.supabase;
  const everything = '00000000-0000-0000-0000-000000000000';

  const isWell = async (role: Exclude<FuzzRole, 'nobody'>): Promise<boolean> => {
    const headers = { authorization: `Bearer ${people[role].accessToken}` };
    const answer = await fetch(`${apiUrl}/api/me`, { headers });
    const me = (await answer.json()) as { role?: string };
    return answer.ok && me.role === people[role].role;
  };

  const mend = async (): Promise<void> => {
    await service.from('address_blocks').delete().neq('id', everything);
    await service.from('limit_overrides').delete().neq('class', '');
    await service
      .from('organizations')
      .update({ second_factor_required: false })
      .eq('id', own.world.organization.id);
    for (const role of ['learner', 'instructor', 'admin'] as const) {
      if (await isWell(role)) continue;
      const person = await fixtures.createPerson(own.world.organization.id, people[role].role);
      people[role] = person;
      if (role === 'learner') await fixtures.enrol(own.world.course, person);
    }
  };

  let mending: Promise<void> | null = null;
  const repair = (): Promise<void> => {
    mending ??= mend().finally(() => (mending = null));
    return mending;
  };

  const fixed = { ...placeholders('own', own), ...placeholders('foreign', other) };
  return {
    known: () => ({
      ...fixed,
      ...Object.fromEntries(
        Object.entries(people).map(([role, { accessToken }]) => [`token.${role}`, accessToken]),
      ),
    }),
    foreign: [
      marker,
      ...[
        'organization.id',
        'organization.slug',
        'instructor.id',
        'instructor.email',
        'admin.id',
        'admin.email',
      ].map((name) => fixed[`foreign.${name}`] ?? marker),
    ],
    repair,
  };
};
