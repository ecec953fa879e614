import { beforeAll, describe, expect, test } from '@jest/globals';
import { createCast, type Cast, type Part } from '../test/cast.js';
import { createJudgedSubmission, hiddenText } from '../test/judged-submission.js';
import { servers, unique } from '../test/world.js';

let cast: Cast;
let submission: string;

beforeAll(async () => {
  cast = await createCast();
  submission = await createJudgedSubmission(cast.world.learner.client, cast.world.problem.id);
});

const outsiders: Part[] = [
  'anonymous',
  'notEnrolled',
  'enrolled',
  'classmate',
  'otherInstructor',
  'foreignAdmin',
];

const ask = async (part: Part, address: string, init: RequestInit = {}) => {
  const token = part === 'anonymous' ? undefined : cast.people[part].accessToken;
  const answer = await fetch(`${servers.supabaseUrl}/rest/v1/${address}`, {
    ...init,
    headers: {
      apikey: servers.anonKey,
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(init.headers as Record<string, string> | undefined),
    },
  });
  return { status: answer.status, range: answer.headers.get('content-range'), text: await answer.text() };
};

describe('the text of a hidden test is not read', () => {
  const embedded = [
    ['itself', 'problem_tests?select=*'],
    ['itself, asked for by its flag', 'problem_tests?select=*&sample=is.false'],
    ['its problem', 'problems?select=*,problem_tests(*)'],
    ['its problem, filtered', 'problems?select=*,problem_tests!inner(*)&problem_tests.sample=is.false'],
    ['its course', 'courses?select=title,problems(*,problem_tests(*))'],
    ['its lesson', 'lessons?select=*,problems(*,problem_tests(*))'],
    ['a submission', 'submissions?select=id,problems(*,problem_tests(*))'],
    ['the results', 'submission_results?select=*,submissions(id,problems(problem_tests(*)))'],
    ['the outputs', 'submission_outputs?select=*'],
    ['a result and its output', 'submission_results?select=*,submission_outputs(*)'],
    [
      'a submission, its results and outputs',
      'submissions?select=id,submission_results(*,submission_outputs(*))',
    ],
    ['the progress', 'problem_progress?select=*,problems(problem_tests(*))'],
    ['a draft', 'drafts?select=*,problems(problem_tests(*))'],
    ['an aggregate', 'problem_tests?select=stdin.max(),expected_output.min()'],
    ['a cast', 'problem_tests?select=stdin::text,expected_output::text&sample=is.false'],
    ['a path into it', 'problem_tests?select=stdin->>0'],
    ['another name', 'problem_tests?select=sample:stdin,hint:expected_output'],
    ['the catalogue', ''],
  ] as const;

  test.each(embedded)('through %s', async (_way, address) => {
    for (const part of outsiders) {
      const answer = await ask(part, address);
      expect(`${part} ${answer.text}`).not.toContain(hiddenText);
    }
  });

  test('through the function that shows it to the staff of a course', async () => {
    for (const part of outsiders) {
      const answer = await ask(part, `rpc/hidden_tests_of?submission=${submission}`);
      expect(`${part} ${answer.text}`).not.toContain(hiddenText);
    }
    for (const part of ['instructor', 'admin'] as const) {
      const answer = await ask(part, `rpc/hidden_tests_of?submission=${submission}`);
      expect(answer.text).toContain(hiddenText);
    }
  });

  test('and the same questions do show it to the instructor', async () => {
    for (const [, address] of embedded.slice(0, 5)) {
      expect((await ask('instructor', address)).text).toContain(hiddenText);
    }
  });

  test('by a plan of the query', async () => {
    for (const part of outsiders) {
      const answer = await ask(part, `problem_tests?stdin=eq.${hiddenText}`, {
        headers: { Accept: 'application/vnd.pgrst.plan+text; options=analyze|verbose' },
      });
      expect(answer.text).not.toMatch(/rows|Seq Scan/i);
    }
  });

  test.each(['app', 'auth', 'pg_catalog', 'information_schema', 'supabase_migrations', 'storage'])(
    'in the schema %s, which is closed',
    async (schema) => {
      for (const table of ['users', 'problem_tests', 'pg_class', 'pg_stats', 'tables', 'schema_migrations']) {
        const answer = await ask('enrolled', table, { headers: { 'Accept-Profile': schema } });
        expect(`${answer.status} ${answer.text}`).toMatch(/^4\d\d /);
      }
    },
  );
});

describe('a guess at a hidden test gets the same answer whether it is right or wrong', () => {
  const guesses = (filter: (guess: string) => string) =>
    [filter(hiddenText), filter(unique('secret'))] as const;

  test.each([
    ['equality', guesses((guess) => `problem_tests?stdin=like.${guess}*`)],
    ['a pattern without case', guesses((guess) => `problem_tests?stdin=ilike.*${guess}*`)],
    ['a regular expression', guesses((guess) => `problem_tests?stdin=match.${guess}`)],
    ['a list', guesses((guess) => `problem_tests?stdin=in.("${guess}")`)],
    ['a negation', guesses((guess) => `problem_tests?select=position&stdin=not.like.${guess}*`)],
    ['or', guesses((guess) => `problem_tests?select=position&or=(stdin.like.${guess}*,position.eq.99)`)],
    [
      'the parent of an embedding',
      guesses((guess) => `problems?select=slug,problem_tests!inner()&problem_tests.stdin=like.${guess}*`),
    ],
    [
      'an embedding that must be there',
      guesses(
        (guess) =>
          `problems?select=slug,problem_tests()&problem_tests.stdin=like.${guess}*&problem_tests=not.is.null`,
      ),
    ],
    ['what a program printed', guesses((guess) => `submission_outputs?stdout=like.*${guess}*`)],
    [
      'what a program printed, from its result',
      guesses(
        (guess) =>
          `submission_results?select=position,submission_outputs!inner()&submission_outputs.stdout=like.*${guess}*`,
      ),
    ],
    [
      'an order',
      guesses((guess) => `problem_tests?select=position&order=stdin.desc&limit=1&stdin=gte.${guess}`),
    ],
    ['a text search', guesses((guess) => `problem_tests?select=position&stdin=fts.${guess}`)],
  ])('by %s', async (_way, [right, wrong]) => {
    for (const part of ['enrolled', 'foreignAdmin'] as const) {
      for (const count of ['exact', 'planned']) {
        const headers = { Prefer: `count=${count}` };
        expect([part, await ask(part, right, { headers })]).toEqual([
          part,
          await ask(part, wrong, { headers }),
        ]);
      }
    }
  });

  test('and the right one does find it for the instructor', async () => {
    const answer = await ask('instructor', `problem_tests?select=position&stdin=like.${hiddenText}*`);
    expect(answer.text).toContain('position');
  });
});

describe('a hidden test is not changed into a readable one', () => {
  const merge = { Prefer: 'resolution=merge-duplicates,return=representation' };
  const stored = () => cast.world.instructor.client.from('problem_tests').select().order('id');
  const bodies = async () => {
    const { data } = await stored();
    const hidden = data?.find(({ sample }) => !sample) as Record<string, unknown>;
    return { hidden, before: data };
  };

  test.each([
    ['by an upsert on its place', 'problem_tests?on_conflict=problem_id,position', 'POST', merge],
    ['by an upsert on its key', 'problem_tests', 'POST', merge],
    [
      'by an upsert that ignores what is there',
      'problem_tests?on_conflict=problem_id,position',
      'POST',
      { Prefer: 'resolution=ignore-duplicates,return=representation' },
    ],
    ['by an update', 'problem_tests?sample=is.false', 'PATCH', { Prefer: 'return=representation' }],
    [
      'by a deletion that shows what it deleted',
      'problem_tests',
      'DELETE',
      { Prefer: 'return=representation' },
    ],
  ])('%s', async (_way, address, method, headers) => {
    const { hidden, before } = await bodies();
    const body = method === 'PATCH' ? { sample: true } : { ...hidden, sample: true };
    const target = method === 'DELETE' ? `${address}?id=eq.${String(hidden['id'])}` : address;
    for (const part of outsiders) {
      const answer = await ask(part, target, {
        method,
        headers,
        body: method === 'DELETE' ? null : JSON.stringify(body),
      });
      expect(`${part} ${answer.text}`).not.toContain(hiddenText);
    }
    expect((await stored()).data).toEqual(before);
  });

  test('by flags on what was printed for it', async () => {
    for (const part of outsiders) {
      const answer = await ask(part, `submission_outputs?submission_id=eq.${submission}`, {
        method: 'PATCH',
        headers: { Prefer: 'return=representation' },
        body: JSON.stringify({ sample: true }),
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain(hiddenText);
    }
  });
});
