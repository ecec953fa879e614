import { beforeAll, describe, expect, test } from '@jest/globals';
import { requestsBy } from '../../../test/requests.js';
import { createTestApp } from '../../../test/running-app.js';
import { createPerson, createProblem, createWorld, enrol, type World } from '../../../test/world.js';

const app = createTestApp();
let world: World;
let position = 100;

beforeAll(async () => {
  world = await createWorld();
});

const by = (person = world.learner) => requestsBy(app, person);
const freshDraft = async (languageId = 71): Promise<string> => {
  const { slug } = await createProblem(world.course, { position: (position += 1) });
  return `/api/drafts/${slug}/${languageId}`;
};

describe('a draft', () => {
  test('that was never saved is empty and of version 0', async () => {
    const address = await freshDraft();
    expect((await by().get(address).expect(200)).body).toMatchObject({
      languageId: 71,
      sourceCode: '',
      version: 0,
      updatedAt: null,
    });
  });

  test('gets version 1, then the next with each save, and is read as it was saved', async () => {
    const address = await freshDraft();
    const first = await by().put(address, { sourceCode: 'one\n', version: 0 }).expect(200);
    expect(first.body).toMatchObject({ sourceCode: 'one\n', version: 1, updatedAt: expect.any(String) });
    const second = await by().put(address, { sourceCode: 'two 🎓\n', version: 1 }).expect(200);
    expect(second.body.version).toBe(2);
    expect((await by().get(address)).body).toEqual(second.body);
  });

  test('made from an older version is refused with both texts, and the stored one stays', async () => {
    const address = await freshDraft();
    await by().put(address, { sourceCode: 'one', version: 0 }).expect(200);
    const { body: current } = await by().put(address, { sourceCode: 'two', version: 1 }).expect(200);
    for (const version of [0, 1, 7]) {
      const sent = { sourceCode: 'three', version };
      const answer = await by().put(address, sent);
      expect(answer.body).toMatchObject({ status: 409, code: 'draft_conflict', current, sent });
    }
    expect((await by().get(address)).body).toEqual(current);
  });

  test('with the text that is stored gets no new version, whatever it was made from', async () => {
    const address = await freshDraft();
    const { body: stored } = await by().put(address, { sourceCode: 'one', version: 0 }).expect(200);
    for (const version of [0, 1]) {
      expect((await by().put(address, { sourceCode: 'one', version }).expect(200)).body).toEqual(stored);
    }
  });

  test.each([0, 1])(
    'saved from version %i by two windows at once is the text of exactly one',
    async (version) => {
      const address = await freshDraft();
      if (version === 1) await by().put(address, { sourceCode: 'before', version: 0 }).expect(200);
      const answers = await Promise.all(
        ['left', 'right'].map((sourceCode) => by().put(address, { sourceCode, version })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const won = answers.find(({ status }) => status === 200)?.body;
      const lost = answers.find(({ status }) => status === 409)?.body;
      expect(lost.current).toEqual(won);
      expect((await by().get(address)).body).toEqual(won);
    },
  );

  test('saved with the same text by two windows at once is saved for both', async () => {
    const address = await freshDraft();
    const answers = await Promise.all(
      [0, 0].map((version) => by().put(address, { sourceCode: 'same', version })),
    );
    expect(answers.map(({ status, body }) => [status, body.version])).toEqual([
      [200, 1],
      [200, 1],
    ]);
  });

  test('belongs to one person and one language', async () => {
    const address = await freshDraft();
    const classmate = await createPerson(world.organization.id, 'student');
    await enrol(world.course, classmate);
    await by().put(address, { sourceCode: 'mine', version: 0 }).expect(200);
    for (const person of [classmate, world.instructor, world.admin]) {
      expect((await by(person).get(address).expect(200)).body).toMatchObject({ sourceCode: '', version: 0 });
    }
    await by(classmate).put(address, { sourceCode: 'theirs', version: 0 }).expect(200);
    expect((await by().get(address)).body.sourceCode).toBe('mine');
    expect((await by().get(address.replace('/71', '/50'))).body.version).toBe(0);
  });

  test.each([
    ['64 KiB', 'x'.repeat(65_536), 200],
    ['64 KiB that JSON writes with six characters each', '\u0001'.repeat(65_536), 200],
    ['64 KiB of other letters', 'ü'.repeat(32_768), 200],
    ['one byte more', 'x'.repeat(65_537), 413],
    ['more in bytes than in characters', 'ü'.repeat(32_769), 413],
    ['nothing', '', 200],
  ])('of %s is answered with its own size in mind', async (_what, sourceCode, status) => {
    const answer = await by().put(await freshDraft(), { sourceCode, version: 0 });
    expect(answer.status).toBe(status);
    if (status === 413) {
      expect(answer.body).toMatchObject({
        code: 'source_too_large',
        detail: 'The program is larger than 64 KiB.',
      });
    }
  });

  test.each([
    ['62', 422, 'language_not_allowed'],
    ['0', 422, 'language_not_allowed'],
    ['2147483648', 404, 'not_found'],
    ['99999999999999999999', 404, 'not_found'],
    ['python', 404, 'not_found'],
    ['-1', 404, 'not_found'],
    ['7.1', 404, 'not_found'],
  ])('in the language %s is answered by %i', async (language, status, code) => {
    const address = `/api/drafts/${world.problem.slug}/${language}`;
    expect((await by().get(address)).body).toMatchObject({ status, code });
    expect((await by().put(address, { sourceCode: 'x', version: 0 })).body).toMatchObject({ status, code });
  });

  test('of a problem that one may not see is not there', async () => {
    const stranger = await createPerson(world.organization.id, 'student');
    const address = `/api/drafts/${world.problem.slug}/71`;
    for (const answer of [
      await by(stranger).get(address),
      await by(stranger).put(address, { sourceCode: 'x', version: 0 }),
      await by().get('/api/drafts/no-such-problem/71'),
    ]) {
      expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
    }
  });

  test.each([
    [{ sourceCode: 'x' }],
    [{ version: 0 }],
    [{ sourceCode: 'x', version: -1 }],
    [{ sourceCode: 1, version: 0 }],
  ])('of %j is refused', async (body) => {
    const answer = await by().put(`/api/drafts/${world.problem.slug}/71`, body);
    expect(answer.body).toMatchObject({ status: 422, code: 'invalid_request' });
  });
});
