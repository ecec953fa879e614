import { beforeAll, describe, expect, test } from '@jest/globals';
import { requestsBy } from '../../../test/requests.js';
import { createTestApp, createTestCache } from '../../../test/running-app.js';
import {
  createCourse,
  createPerson,
  createProblem,
  createWorld,
  enrol,
  unique,
  type Course,
  type Person,
  type World,
} from '../../../test/world.js';
import { everyKey } from '../../cache/keys.js';

const cache = createTestCache();
const app = createTestApp({ cache });
let world: World;
let foreign: World;
let stranger: Person;
let unpublished: Course;
let loose: { slug: string };

beforeAll(async () => {
  world = await createWorld();
  foreign = await createWorld();
  stranger = await createPerson(world.organization.id, 'student');
  unpublished = await createCourse(world.organization.id, world.instructor.id, { published: false });
  await enrol(unpublished, world.learner);
  loose = await createProblem(world.course, { position: 1 });
});

const by = (person: Person) => requestsBy(app, person);
const slugs = async (person: Person): Promise<string[]> =>
  (await by(person).get('/api/courses').expect(200)).body.courses.map(({ slug }: { slug: string }) => slug);

describe('the list of courses', () => {
  test('is what a learner is enrolled in, when it is published', async () => {
    const answer = await by(world.learner).get('/api/courses').expect(200);
    expect(answer.body.courses).toEqual([
      {
        slug: world.course.slug,
        title: 'A course',
        summary: '',
        instructorName: 'The instructor',
        relation: 'learner',
        published: true,
        problemsTotal: 2,
        problemsSolved: 0,
      },
    ]);
    expect(await slugs(stranger)).toEqual([]);
  });

  test('is what an instructor runs, and all of the organization for an admin', async () => {
    const both = [world.course.slug, unpublished.slug].sort();
    expect((await slugs(world.instructor)).sort()).toEqual(both);
    expect((await slugs(world.admin)).sort()).toEqual(both);
    expect(await slugs(foreign.admin)).toEqual([foreign.course.slug]);
  });
});

describe('a course', () => {
  test('shows its lessons with their problems, and the problems of no lesson', async () => {
    const { body } = await by(world.learner).get(`/api/courses/${world.course.slug}`).expect(200);
    const summary = { title: 'Sum of two', difficulty: 'easy', points: 10, state: 'none', bestScore: 0 };
    expect(body).toMatchObject({
      relation: 'learner',
      enrolmentCode: null,
      lessons: [
        {
          slug: world.lesson.slug,
          title: 'First steps',
          position: 0,
          problems: [{ ...summary, slug: world.problem.slug }],
        },
      ],
      otherProblems: [{ ...summary, slug: loose.slug }],
    });
  });

  test('shows its code to its staff', async () => {
    for (const person of [world.instructor, world.admin]) {
      const { body } = await by(person).get(`/api/courses/${world.course.slug}`).expect(200);
      expect(body).toMatchObject({ relation: 'staff', enrolmentCode: world.course.enrolment_code });
    }
  });

  test('is not there for anybody else', async () => {
    for (const person of [stranger, foreign.learner, foreign.instructor, foreign.admin]) {
      const answer = await by(person).get(`/api/courses/${world.course.slug}`);
      expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
    }
    await by(world.learner).get('/api/courses/no-such-course').expect(404);
  });

  test('that is not published is there for its staff, who are told so, and for no learner', async () => {
    await by(world.learner).get(`/api/courses/${unpublished.slug}`).expect(404);
    const { body } = await by(world.instructor).get(`/api/courses/${unpublished.slug}`).expect(200);
    expect(body).toMatchObject({ published: false });
  });
});

describe('a lesson', () => {
  const address = (course: string, lesson: string) => `/api/courses/${course}/lessons/${lesson}`;

  test('shows its text, its problems and its neighbours', async () => {
    const { data: more } = await world.instructor.client
      .from('lessons')
      .insert([
        { course_id: world.course.id, slug: 'the-next', title: 'The next', position: 2 },
        { course_id: world.course.id, slug: 'the-last', title: 'The last', position: 5 },
      ])
      .select('id');
    expect(more).toHaveLength(2);
    await cache.invalidateCache(everyKey);
    const first = await by(world.learner).get(address(world.course.slug, world.lesson.slug)).expect(200);
    expect(first.body).toEqual({
      slug: world.lesson.slug,
      title: 'First steps',
      body: '# Hello',
      course: { slug: world.course.slug, title: 'A course' },
      problems: [expect.objectContaining({ slug: world.problem.slug, state: 'none' })],
      previous: null,
      next: { slug: 'the-next', title: 'The next' },
    });
    const middle = await by(world.learner).get(address(world.course.slug, 'the-next')).expect(200);
    expect(middle.body).toMatchObject({
      problems: [],
      previous: { slug: world.lesson.slug },
      next: { slug: 'the-last' },
    });
  });

  test('is not there under another course, nor for people outside of its own', async () => {
    await by(world.learner).get(address(foreign.course.slug, world.lesson.slug)).expect(404);
    await by(world.learner).get(address(world.course.slug, 'no-such-lesson')).expect(404);
    for (const person of [stranger, foreign.admin]) {
      const answer = await by(person).get(address(world.course.slug, world.lesson.slug));
      expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
    }
  });
});

describe('enrolling', () => {
  test('takes the code as it is typed, and a second time does no harm', async () => {
    const person = await createPerson(world.organization.id, 'student');
    const code = ` ${world.course.enrolment_code.toLowerCase()}  `;
    for (const _time of ['first', 'second']) {
      const answer = await by(person).post('/api/enrolments', { code }).expect(201);
      expect(answer.body).toEqual({ courseSlug: world.course.slug });
    }
    expect(await slugs(person)).toEqual([world.course.slug]);
    await by(person).get(`/api/problems/${world.problem.slug}`).expect(200);
  });

  test('compares letters and digits only, however blanks, dashes, case and width are typed', async () => {
    const code = unique('JAVA-10').toUpperCase();
    const course = await createCourse(world.organization.id, world.instructor.id, { enrolment_code: code });
    const letters = code.replaceAll('-', '');
    const typed = [
      letters.toLowerCase(),
      [...letters].join(' '),
      code.replaceAll('-', '\u2013'),
      code.replaceAll('-', '\u00ad\u2011'),
      `\u200b ${code.replaceAll('-', ' \u2014 ')}\u00a0`,
      code.replaceAll('A', '\uff21'),
    ];
    for (const written of typed) {
      const person = await createPerson(world.organization.id, 'student');
      const answer = await by(person).post('/api/enrolments', { code: written }).expect(201);
      expect(answer.body).toEqual({ courseSlug: course.slug });
    }
  });

  test.each([
    ['no course', () => 'NO-SUCH-CODE'],
    ['dashes only', () => '---'],
    ['a course that is not published', () => unpublished.enrolment_code],
    ['a course of another organization', () => foreign.course.enrolment_code],
    ['every course', () => '%'],
  ])('with the code of %s is refused with one and the same answer', async (_what, code) => {
    const answer = await by(stranger).post('/api/enrolments', { code: code() });
    expect(answer.body).toMatchObject({
      status: 422,
      code: 'unknown_enrolment_code',
      detail: 'No course has this code. Check it with your teacher.',
      errors: [{ path: 'code', message: 'No course has this code.' }],
    });
    expect(await slugs(stranger)).toEqual([]);
  });

  test('without a code says what is missing', async () => {
    const answer = await by(stranger).post('/api/enrolments', { code: '  ' });
    expect(answer.body).toMatchObject({ status: 422, detail: 'Enter the code that your teacher gave you.' });
    await by({ ...stranger, accessToken: 'x' })
      .post('/api/enrolments', { code: 'x' })
      .expect(401);
  });
});
