import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createJudgedSubmission, submitProgram } from '../../../../test/judged-submission.js';
import { as } from '../../../../test/requests.js';
import { createTestApp } from '../../../../test/running-app.js';
import {
  createCourse,
  createPerson,
  createProblem,
  createWorld,
  enrol,
  supabase,
  unique,
  type Person,
  type World,
} from '../../../../test/world.js';
import { dataOf } from '../../../lib/supabase.js';
import type { CourseSubmissionList } from '../schema.js';

const app = createTestApp();
let world: World;
let classmate: Person;
let second: { id: string; slug: string };
/** Oldest first: two of the learner, one of the classmate for the second problem. */
let ids: string[];
/** A submission in another course of the same learner. */
let elsewhere: string;

const rename = (person: Person, fullName: string) =>
  dataOf(supabase.service.from('users').update({ full_name: fullName }).eq('id', person.id).select('id'));

const store = (table: string, change: object, id: string) =>
  dataOf(supabase.service.from(table).update(change).eq('id', id).select('id'));

beforeAll(async () => {
  world = await createWorld();
  classmate = await createPerson(world.organization.id, 'student');
  await enrol(world.course, classmate);
  await rename(world.learner, 'Ada Lovelace 100%');
  await rename(classmate, 'Grace_Hopper');
  second = await createProblem(world.course, { position: 1 });
  const other = await createCourse(world.organization.id, world.instructor.id);
  await enrol(other, world.learner);
  elsewhere = await createJudgedSubmission(world.learner.client, (await createProblem(other)).id);
  ids = [
    await createJudgedSubmission(world.learner.client, world.problem.id),
    await submitProgram(world.learner.client, world.problem.id),
    await createJudgedSubmission(classmate.client, second.id),
  ];
  // Two of one time, and none that waits for a grader of another test.
  const times = ['2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00.000Z', '2026-01-01T11:00:00.000Z'];
  for (const [place, id] of ids.entries()) await store('submissions', { created_at: times[place] }, id);
  await store('submissions', { status: 'stopped' }, ids[1] ?? '');
});

const get = (query: object = {}, person: Person = world.instructor, slug = world.course.slug) =>
  request(app).get(`/api/courses/${slug}/submissions`).query(query).set(as(person));
const list = async (query: object = {}, person: Person = world.instructor): Promise<CourseSubmissionList> =>
  (await get(query, person).expect(200)).body as CourseSubmissionList;
const found = async (query: object): Promise<string[]> =>
  (await list(query)).submissions.map(({ id }) => id).sort();
const only = (...places: number[]) => places.map((place) => ids[place]).sort();

describe('the submissions of a course', () => {
  test.each(['instructor', 'admin'] as const)(
    'are all of the course and no other, newest first, with their authors, for its %s',
    async (who) => {
      const { submissions, nextBefore } = await list({}, world[who]);
      expect(submissions[0]).toEqual({
        id: ids[2],
        problemSlug: second.slug,
        problemTitle: 'Sum of two',
        courseSlug: world.course.slug,
        languageId: 71,
        languageName: expect.stringContaining('Python'),
        status: 'finished',
        verdict: 'wrong_answer',
        score: 0,
        maxScore: 10,
        testsPassed: 0,
        testsTotal: 4,
        createdAt: '2026-01-01T11:00:00.000Z',
        finishedAt: expect.any(String),
        author: { fullName: 'Grace_Hopper', email: classmate.email },
      });
      expect(submissions.map(({ id }) => id).sort()).toEqual(only(0, 1, 2));
      expect(submissions.map(({ id }) => id)).not.toContain(elsewhere);
      expect(nextBefore).toBeNull();
    },
  );

  test('are found by a part of the name or the email, taken as it stands', async () => {
    expect(await found({ q: ' ada love' })).toEqual(only(0, 1));
    expect(await found({ q: classmate.email.toUpperCase() })).toEqual(only(2));
    expect(await found({ q: '%' })).toEqual(only(0, 1));
    expect(await found({ q: 'e_h' })).toEqual(only(2));
    expect(await found({ q: '*' })).toEqual([]);
    expect(await found({ q: `"),id.gt.(0'` })).toEqual([]);
  });

  test('are narrowed by problem and by what they came to', async () => {
    expect(await found({ problemSlug: second.slug })).toEqual(only(2));
    expect(await found({ result: 'wrong_answer' })).toEqual(only(0, 2));
    expect(await found({ result: 'stopped' })).toEqual(only(1));
    expect(await found({ result: 'accepted' })).toEqual([]);
    expect(await found({ q: 'ada', result: 'wrong_answer', problemSlug: world.problem.slug })).toEqual(
      only(0),
    );
  });

  test('come in pages, each once, also two of the same millisecond', async () => {
    const told: string[] = [];
    let before: string | null = null;
    let pages = 0;
    do {
      const page: CourseSubmissionList = await list({ limit: 1, ...(before ? { before } : {}) });
      told.push(...page.submissions.map(({ id }) => id));
      before = page.nextBefore;
      pages += 1;
    } while (before && pages < 9);
    expect([pages, told[0], told.sort()]).toEqual([3, ids[2], only(0, 1, 2)]);
  });

  test('stay when their author leaves the course, without the name', async () => {
    const leaver = await createPerson(world.organization.id, 'student');
    const course = await createCourse(world.organization.id, world.instructor.id);
    await enrol(course, leaver);
    const id = await createJudgedSubmission(leaver.client, (await createProblem(course)).id);
    await dataOf(
      supabase.service
        .from('enrolments')
        .delete()
        .match({ course_id: course.id, user_id: leaver.id })
        .select('user_id'),
    );
    const { body } = await get({}, world.instructor, course.slug).expect(200);
    expect(body.submissions).toMatchObject([{ id, author: null }]);
  });

  test('are refused to its learners, who still have their own', async () => {
    const answer = await get({}, world.learner).expect(403);
    expect(answer.body).toMatchObject({ code: 'forbidden' });
    await request(app).get('/api/submissions').set(as(world.learner)).expect(200);
  });

  test('are not found by an instructor of another course, another school, or at a course that is not there', async () => {
    const colleague = await createPerson(world.organization.id, 'instructor');
    const stranger = await createWorld();
    for (const person of [colleague, stranger.instructor, stranger.admin, stranger.learner]) {
      const answer = await get({}, person);
      expect([person.role, answer.status, answer.body.code]).toEqual([person.role, 404, 'not_found']);
    }
    await get({}, world.instructor, unique('course')).expect(404);
    await request(app).get(`/api/courses/${world.course.slug}/submissions`).expect(401);
  });

  test.each([
    { result: 'perfect' },
    { before: 'yesterday' },
    { limit: 0 },
    { limit: 101 },
    { problemSlug: 'No Slug' },
    { q: 'x'.repeat(201) },
  ])('cannot be asked for by %j', async (query) => {
    const answer = await get(query);
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_request']);
  });

  test('are, for whoever asks the database itself, those that row-level security shows', async () => {
    const colleague = await createPerson(world.organization.id, 'instructor');
    const ask = async (client: Person['client']) => {
      const { data, error } = await client.rpc('submissions_of_course', {
        course: world.course.id,
        search: '',
        only_problem: '',
        only_result: '',
        before_time: null,
        before_id: null,
        take: 100,
      });
      return error ? error.code : (data as { id: string }[]).map(({ id }) => id).sort();
    };
    expect(await ask(world.instructor.client)).toEqual(only(0, 1, 2));
    expect(await ask(world.learner.client)).toEqual(only(0, 1));
    expect(await ask(colleague.client)).toEqual([]);
    expect(await ask(supabase.anonymous())).toBe('42501');
  });
});
