import { beforeAll, describe, expect, test } from '@jest/globals';
import { submitProgram } from '../test/judged-submission.js';
import {
  createPerson,
  createProblem,
  createWorld,
  enrol,
  servers,
  supabase,
  type Person,
  type World,
} from '../test/world.js';

// What someone can do with a token of their own, past the api and its rate limits.
let world: World;
let learner: Person;

beforeAll(async () => {
  world = await createWorld();
});

const newLearner = async (): Promise<Person> => {
  const person = await createPerson(world.organization.id, 'student');
  await enrol(world.course, person);
  return person;
};

const submit = (person: Person, change: object = {}) =>
  person.client.rpc('submit_program', {
    problem: world.problem.id,
    language: 71,
    source: 'print(1)',
    request: null,
    ...change,
  });

const saveDraft = (person: Person, change: object = {}) =>
  person.client.rpc('save_draft', {
    problem: world.problem.id,
    language: 71,
    source: 'print(1)',
    known_version: 0,
    ...change,
  });

const kibibytes = (count: number): string => 'x'.repeat(count * 1024);

describe('submissions', () => {
  test('five of a person wait at most, also when twenty are sent at once', async () => {
    learner = await newLearner();
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(learner)));
    const stored = await supabase.service.from('submissions').select('id').eq('user_id', learner.id);
    expect(stored.data).toHaveLength(5);
    const refused = answers.flatMap(({ error }) => (error ? [error.message] : []));
    expect(refused.filter((message) => message.includes('too_many_waiting')).length).toBeGreaterThan(0);
  });

  test('a verdict makes room for the next one, and others have room all the time', async () => {
    await submitProgram((await newLearner()).client, world.problem.id);
    const waiting = supabase.service.from('submissions').select('id').eq('user_id', learner.id);
    const [first] = (await waiting.limit(1)).data as { id: string }[];
    const verdict = { status: 'finished', verdict: 'accepted' };
    await supabase.service.from('submissions').update(verdict).eq('id', first?.id);
    expect((await submit(learner)).error).toBeNull();
    expect((await submit(learner)).error?.message).toContain('too_many_waiting');
  });

  test('hundreds of rows in one request are refused', async () => {
    const rows = Array.from({ length: 200 }, () => ({
      problem_id: world.problem.id,
      language_id: 71,
      source_code: 'print(1)',
    }));
    const answer = await fetch(`${servers.supabaseUrl}/rest/v1/submissions`, {
      method: 'POST',
      headers: {
        apikey: servers.anonKey,
        Authorization: `Bearer ${learner.accessToken}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(rows),
    });
    expect(answer.status).toBe(403);
  });

  test('all programs of a person together have a largest size', async () => {
    const person = await newLearner();
    const rows = Array.from({ length: 64 }, () => ({
      user_id: person.id,
      problem_id: world.problem.id,
      language_id: 71,
      source_code: kibibytes(64),
      status: 'finished',
      verdict: 'accepted',
    }));
    for (let part = 0; part < 8; part += 1) {
      expect((await submit(person)).error).toBeNull();
      await supabase.service.from('submissions').delete().match({ user_id: person.id, status: 'queued' });
      expect((await supabase.service.from('submissions').insert(rows)).error).toBeNull();
    }
    expect((await submit(person)).error?.message).toContain('source_quota_exceeded');
  });

  test.each([
    ['another language', { language: 54 }, 'language_not_allowed'],
    ['a problem that is not there', { problem: '00000000-0000-4000-8000-000000000000' }, 'not_open'],
    ['more than 64 KiB', { source: kibibytes(65) }, 'submissions_source_code_check'],
    ['nothing', { source: '' }, 'submissions_source_code_check'],
  ])('%s is refused', async (_what, change, reason) => {
    expect((await submit(await newLearner(), change)).error?.message).toContain(reason);
  });

  test('those who are not in the course submit nothing', async () => {
    const outsider = await createPerson(world.organization.id, 'student');
    expect((await submit(outsider)).error?.message).toContain('not_open');
    expect((await saveDraft(outsider)).error?.message).toContain('not_open');
  });
});

describe('drafts', () => {
  test('are kept in the languages of the problem only', async () => {
    const person = await newLearner();
    for (const language of [54, 0, -1, 2_000_000_000]) {
      expect((await saveDraft(person, { language })).error?.message).toContain('language_not_allowed');
    }
    expect((await saveDraft(person)).data).toMatchObject([{ version: 1 }]);
  });

  test('of a person together have a largest size, and one that is there can still be changed', async () => {
    const person = await newLearner();
    const languages = Array.from({ length: 50 }, (_, at) => 1000 + at);
    for (let problem = 0; problem < 11; problem += 1) {
      const { id } = await createProblem(world.course, { position: 100 + problem, languageIds: languages });
      const rows = languages.slice(0, problem === 10 ? 11 : 50).map((language) => ({
        user_id: person.id,
        problem_id: id,
        language_id: language,
        source_code: kibibytes(64),
      }));
      expect((await supabase.service.from('drafts').insert(rows)).error).toBeNull();
      if (problem < 10) continue;
      const more = { problem: id, language: languages[49], source: kibibytes(64) };
      expect((await saveDraft(person, more)).data).toMatchObject([{ version: 1 }]);
      expect((await saveDraft(person)).error?.message).toContain('source_quota_exceeded');
      const again = { ...more, source: 'print(2)', known_version: 1 };
      expect((await saveDraft(person, again)).data).toMatchObject([{ version: 2 }]);
    }
  });
});
