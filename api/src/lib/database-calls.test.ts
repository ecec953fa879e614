import { afterEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createJudgedSubmission } from '../../test/judged-submission.js';
import {
  addAudited,
  addBlocks,
  addCourses,
  addFiles,
  addInvitations,
  addLessons,
  addMails,
  addPeople,
  addProblems,
  addSubmissions,
  times,
} from '../../test/list-fills.js';
import { as } from '../../test/requests.js';
import { routeList } from '../../test/route-list.js';
import { createTestApp } from '../../test/running-app.js';
import { signIn } from '../../test/second-factor.js';
import { createWorld, servers, type Person, type World } from '../../test/world.js';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** How many requests to Supabase something makes. */
const callsOf = async <Result>(act: () => Promise<Result>): Promise<{ calls: string[]; result: Result }> => {
  const calls: string[] = [];
  globalThis.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (address.startsWith(servers.supabaseUrl)) calls.push(address.slice(servers.supabaseUrl.length));
    return realFetch(input, init);
  };
  const result = await act();
  globalThis.fetch = realFetch;
  return { calls, result };
};

interface List {
  path: (world: World) => string;
  reader?: (world: World) => Person;
  /** Adds so many. */
  add: (world: World, count: number) => Promise<unknown>;
  /** How many the answer holds. */
  length: (body: never, text: string) => number;
  /** Adding takes long: 2 and 8 in place of 5 and 50. */
  slow?: boolean;
}

const instructor = ({ instructor: person }: World): Person => person;
const admin = ({ admin: person }: World): Person => person;
const member = (name: string) => (body: Record<string, unknown[]>) => body[name]?.length ?? 0;

const one = 'one thing, not a list';

/** Every read of the api: what makes its answer long, or that it is no list. */
const reads: Record<string, List | string> = {
  'GET /api/auth/registration': one,
  'GET /api/auth/invitation': one,
  'GET /api/me': one,
  'GET /api/me/sessions': {
    path: () => '/api/me/sessions',
    add: async ({ learner }, count) => {
      for (let place = 0; place < count; place += 1) await signIn(learner);
    },
    length: member('sessions'),
    slow: true,
  },
  'GET /api/me/second-factor': one,
  'GET /api/dashboard': {
    path: () => '/api/dashboard',
    add: async (world, count) => {
      await addCourses(world, count);
      await addSubmissions(world, 1);
    },
    length: member('courses'),
  },
  'GET /api/courses': { path: () => '/api/courses', add: addCourses, length: member('courses') },
  'GET /api/problems': { path: () => '/api/problems', add: addCourses, length: member('courses') },
  'GET /api/courses/:slug': {
    path: ({ course }) => `/api/courses/${course.slug}`,
    add: async (world, count) => {
      await addLessons(world, count);
      await addProblems(world, count);
    },
    length: member('lessons'),
  },
  'GET /api/courses/:slug/submissions': {
    path: ({ course }) => `/api/courses/${course.slug}/submissions?limit=100`,
    reader: instructor,
    add: addSubmissions,
    length: member('submissions'),
  },
  'GET /api/courses/:slug/lessons/:lesson': {
    path: ({ course, lesson }) => `/api/courses/${course.slug}/lessons/${lesson.slug}`,
    add: addProblems,
    length: member('problems'),
  },
  'GET /api/courses/:slug/lessons/:lesson/files': {
    path: ({ course, lesson }) => `/api/courses/${course.slug}/lessons/${lesson.slug}/files`,
    add: addFiles,
    length: member('files'),
  },
  'GET /api/problems/:slug': {
    path: ({ problem }) => `/api/problems/${problem.slug}`,
    add: addProblems,
    length: member('siblings'),
  },
  'GET /api/drafts/:problemSlug/:languageId': one,
  'GET /api/submissions': {
    path: () => '/api/submissions?limit=100',
    add: addSubmissions,
    length: member('submissions'),
  },
  'GET /api/submissions/:id': one,
  'GET /api/submissions/:id/events': one,
  'GET /api/files/:id': one,
  'GET /api/files/:id/content': one,
  'GET /api/admin/overview': one,
  'GET /api/admin/users': {
    path: () => '/api/admin/users?pageSize=100',
    reader: admin,
    add: addPeople,
    length: member('users'),
    slow: true,
  },
  'GET /api/admin/users/export': {
    path: () => '/api/admin/users/export',
    reader: admin,
    add: addPeople,
    length: (_body, text) => text.split('\n').length,
    slow: true,
  },
  'GET /api/admin/users/:id': one,
  'GET /api/admin/invitations': {
    path: () => '/api/admin/invitations?pageSize=100',
    reader: admin,
    add: addInvitations,
    length: member('invitations'),
  },
  'GET /api/admin/audit': {
    path: () => '/api/admin/audit?limit=100',
    reader: admin,
    add: addAudited,
    length: member('entries'),
  },
  'GET /api/admin/audit/export': {
    path: () => '/api/admin/audit/export',
    reader: admin,
    add: addAudited,
    length: (_body, text) => text.split('\n').length,
  },
  'GET /api/admin/organization': one,
  'GET /api/admin/second-factor': one,
  'GET /api/admin/limits':
    'who used most of their quota is in the memory of the limiter; the names are one query',
  'GET /api/admin/blocks': {
    path: () => '/api/admin/blocks',
    reader: admin,
    add: addBlocks,
    length: member('blocks'),
    slow: true,
  },
  'GET /api/admin/mails': {
    path: () => '/api/admin/mails?limit=100',
    reader: admin,
    add: addMails,
    length: member('mails'),
  },
  'GET /api/mailbox': 'the mailbox of development keeps a few mails',
  'GET /api/mailbox/samples': 'the samples of development are not in the database',
  'GET /api/mailbox/:id': one,
  'GET /api/admin/cache': 'the cache is not in the database',
  'GET /api/admin/slo': 'the objectives are in Prometheus',
  'GET /api/health': one,
  'GET /api/ready': one,
};

test('the table has every read of the api and no other', () => {
  const known = routeList.filter((route) => route.startsWith('GET '));
  expect(known.length).toBeGreaterThan(10);
  expect(Object.keys(reads).sort()).toEqual([...known].sort());
});

const lists = Object.entries(reads).filter((entry): entry is [string, List] => typeof entry[1] !== 'string');

test.each(lists)(
  '%s makes no more calls to the database for a long list than for a short one',
  async (_route, { path, reader = ({ learner }) => learner, add, length, slow }) => {
    const world = await createWorld();
    const [few, many] = slow ? [2, 8] : [5, 50];
    const measure = async () => {
      // An app of its own: nothing is cached.
      const app = createTestApp();
      const { calls, result } = await callsOf(() =>
        request(app)
          .get(path(world))
          .set(as(reader(world)))
          .then((answer) => answer),
      );
      expect([result.status, result.status === 200 ? null : result.body]).toEqual([200, null]);
      return { calls, length: length(result.body as never, result.text) };
    };
    await add(world, few);
    const short = await measure();
    await add(world, many - few);
    const long = await measure();
    expect(short.length).toBeGreaterThanOrEqual(few);
    expect(long.length).toBeGreaterThanOrEqual(many);
    expect(long.length - short.length).toBeGreaterThanOrEqual(many - few - 1);
    expect(short.calls.length).toBeGreaterThan(0);
    expect({ calls: long.calls.length, made: long.calls }).toMatchObject({
      calls: Math.min(long.calls.length, short.calls.length),
    });
  },
  180_000,
);

describe('what is cached', () => {
  test.each([
    ['/api/me', (_world: World) => '/api/me'],
    ['/api/dashboard', () => '/api/dashboard'],
    ['/api/courses', () => '/api/courses'],
    ['/api/problems', () => '/api/problems'],
    ['a course', ({ course }: World) => `/api/courses/${course.slug}`],
    ['a lesson', ({ course, lesson }: World) => `/api/courses/${course.slug}/lessons/${lesson.slug}`],
    ['a problem', ({ problem }: World) => `/api/problems/${problem.slug}`],
  ])('%s: is read a second time without a call to the database', async (_name, path) => {
    const world = await createWorld();
    await createJudgedSubmission(world.learner.client, world.problem.id);
    const app = createTestApp();
    const read = () => request(app).get(path(world)).set(as(world.learner)).expect(200);
    const first = await callsOf(async () => (await read()).body);
    const second = await callsOf(async () => (await read()).body);
    expect(first.calls.length).toBeGreaterThan(0);
    expect(second.calls).toEqual([]);
    expect({ ...second.result, avatar: null }).toEqual({ ...first.result, avatar: null });
  });

  test('fifty learners who open a problem at once make one query for it', async () => {
    const world = await createWorld();
    const app = createTestApp();
    const path = `/api/problems/${world.problem.slug}`;
    const { calls } = await callsOf(() =>
      Promise.all(times(50, () => request(app).get(path).set(as(world.learner)).expect(200))),
    );
    expect(calls.filter((call) => call.startsWith('/rest/v1/problems?'))).toHaveLength(1);
  });
});
