import { beforeAll, describe, expect, test } from '@jest/globals';
import { startOfficialJudge } from '../../../test/official-judge.js';
import { requestsBy } from '../../../test/requests.js';
import { createTestApp } from '../../../test/running-app.js';
import {
  createCourse,
  createPerson,
  createProblem,
  createWorld,
  enrol,
  type World,
} from '../../../test/world.js';
import { createJudgeClient } from '../../judge/client.js';

const app = createTestApp();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});

const by = (person = world.learner, on = app) => requestsBy(on, person);
const address = () => `/api/problems/${world.problem.slug}`;

describe('a problem', () => {
  test('has its statement, limits, languages with starter code, and samples only', async () => {
    const answer = await by().get(address()).expect(200);
    expect(answer.body).toMatchObject({
      slug: world.problem.slug,
      title: 'Sum of two',
      statement: 'Print the sum of **two** numbers.',
      points: 10,
      timeLimitMs: 2000,
      maxSourceBytes: 65536,
      judge: 'ready',
      samples: [
        { index: 0, input: '1 2\n', expected: '3\n' },
        { index: 1, input: '10 5\n', expected: '15\n' },
      ],
      course: { slug: world.course.slug },
      lesson: { slug: world.lesson.slug, title: 'First steps' },
      state: 'none',
      siblings: [{ slug: world.problem.slug }],
    });
    expect(answer.body.languages).toEqual([
      {
        id: 71,
        name: 'Python',
        version: expect.stringContaining('Python'),
        available: true,
        editorMode: 'python',
        starterCode: 'a, b = map(int, input().split())\n',
        timeLimitMs: 3000,
      },
      expect.objectContaining({ id: 50, name: 'C', available: true, starterCode: '', timeLimitMs: 2000 }),
    ]);
    expect(answer.text).not.toMatch(/104729|112648|negative/);
  });

  test('shows its staff no more than its learners', async () => {
    const { text } = await by(world.instructor).get(address()).expect(200);
    expect(text).not.toMatch(/104729|112648|negative/);
  });

  test('is not there for who is not enrolled, for another organization, or under another name', async () => {
    const stranger = await createPerson(world.organization.id, 'student');
    const foreign = await createWorld();
    for (const person of [stranger, foreign.learner, foreign.admin]) {
      const answer = await by(person).get(address());
      expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
    }
    await by().get('/api/problems/no-such-problem').expect(404);
    const own = await by(foreign.learner).get(`/api/problems/${foreign.problem.slug}`).expect(200);
    expect(own.body.slug).toBe(foreign.problem.slug);
  });

  test('of a course that is not published is for its staff only', async () => {
    const draft = await createCourse(world.organization.id, world.instructor.id, { published: false });
    await enrol(draft, world.learner);
    const { slug } = await createProblem(draft);
    await by().get(`/api/problems/${slug}`).expect(404);
    await by(world.instructor).get(`/api/problems/${slug}`).expect(200);
  });
});

describe('the languages of a problem', () => {
  test('that the judge does not have are there and not available', async () => {
    const judge = await startOfficialJudge();
    const other = createTestApp({ judge: createJudgeClient({ url: judge.url, key: undefined }) });
    const { body } = await by(world.learner, other).get(address()).expect(200);
    expect(body.languages).toMatchObject([
      { id: 71, version: 'Python (3.8.1)', available: true },
      { id: 50, version: null, available: false },
    ]);
    const run = await by(world.learner, other).post('/api/runs', {
      problemSlug: world.problem.slug,
      languageId: 50,
      sourceCode: 'x',
    });
    expect(run.body).toMatchObject({
      status: 422,
      code: 'language_not_allowed',
      detail: 'C is not installed on this server.',
    });
    await judge.stop();
  });

  test('are taken for available while the judge does not answer', async () => {
    const away = createTestApp({ judge: createJudgeClient({ url: 'http://127.0.0.1:9', key: undefined }) });
    const { body } = await by(world.learner, away).get(address()).expect(200);
    expect(body).toMatchObject({ judge: 'ready', languages: [{ available: true, version: null }, {}] });
  });

  test('are shown, and the judge said to be off, on a server without one', async () => {
    const { body } = await by(world.learner, createTestApp({ judge: null }))
      .get(address())
      .expect(200);
    expect(body).toMatchObject({ judge: 'disabled', languages: [{ id: 71, version: null }, { id: 50 }] });
  });
});
