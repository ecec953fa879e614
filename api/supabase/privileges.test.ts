import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createCast, parts, type Cast } from '../test/cast.js';
import { createJudgedSubmission, startDraft } from '../test/judged-submission.js';
import { createCourse, supabase, unique } from '../test/world.js';

let cast: Cast;
let submission: string;

beforeAll(async () => {
  cast = await createCast();
  submission = await createJudgedSubmission(cast.world.learner.client, cast.world.problem.id);
});

const refused = { error: expect.objectContaining({ code: '42501' }) };
const signedIn = parts.filter((part) => part !== 'anonymous');

describe('columns that say who one is or what one scored', () => {
  test.each([
    ['users', { role: 'admin' }],
    ['users', { organization_id: randomUUID() }],
    ['users', { email: 'other@example.org' }],
    ['users', { id: randomUUID() }],
    ['users', { full_name: 'A name', role: 'admin' }],
    ['submissions', { score: 10 }],
    ['submissions', { status: 'finished', verdict: 'accepted' }],
    ['submissions', { priority: -1 }],
    ['drafts', { user_id: randomUUID() }],
    ['drafts', { problem_id: randomUUID() }],
    ['organizations', { slug: 'another' }],
    ['enrolments', { user_id: randomUUID() }],
  ])('nobody changes %s by %j', async (table, change) => {
    for (const part of signedIn) {
      const key = table === 'users' ? 'id' : table === 'organizations' ? 'id' : 'user_id';
      const value = table === 'organizations' ? cast.world.organization.id : cast.people[part].id;
      const filter = table === 'submissions' ? ({ id: submission } as const) : { [key]: value };
      const answer = await cast.clients[part].from(table).update(change).match(filter);
      expect([part, answer]).toEqual([part, expect.objectContaining(refused)]);
    }
  });

  test.each([
    { user_id: 'classmate' },
    { score: 10 },
    { max_score: 1000 },
    { status: 'finished', verdict: 'accepted' },
    { priority: -1 },
    { course_id: 'course' },
    { created_at: '2020-01-01T00:00:00Z' },
    { lease_token: randomUUID() },
    { tests_total: 0 },
  ])('nobody submits with %j', async (claimed) => {
    const row: Record<string, unknown> = {
      problem_id: cast.world.problem.id,
      language_id: 71,
      source_code: 'print(1)',
      ...claimed,
      ...('user_id' in claimed ? { user_id: cast.people.classmate.id } : {}),
      ...('course_id' in claimed ? { course_id: cast.world.course.id } : {}),
    };
    for (const part of ['enrolled', 'instructor', 'admin'] as const) {
      expect(await cast.clients[part].from('submissions').insert(row)).toMatchObject(refused);
    }
  });

  test.each(['lease_token', 'lease_expires_at', 'worker', 'judge_error', 'request_id', '*'])(
    'nobody reads %s of a submission',
    async (column) => {
      for (const part of parts) {
        expect(await cast.clients[part].from('submissions').select(column).limit(1)).toMatchObject(refused);
        const { data } = await cast.clients[part]
          .from('submissions')
          .select('id')
          .not('lease_token', 'is', null);
        expect(data).toBeNull();
      }
    },
  );

  test('a draft belongs to whoever stores it, and to nobody else', async () => {
    await startDraft(cast.clients.enrolled, cast.world.problem.id, 50);
    const drafts = supabase.service.from('drafts').select('user_id');
    const { data } = await drafts.match({ problem_id: cast.world.problem.id, language_id: 50 });
    expect(data).toEqual([{ user_id: cast.people.enrolled.id }]);
  });

  test('a submission takes its course, its owner and its bounds from the problem', async () => {
    const { data } = await supabase.service.from('submissions').select().eq('id', submission).single();
    expect(data).toMatchObject({
      user_id: cast.people.enrolled.id,
      course_id: cast.world.course.id,
      max_score: 10,
      tests_total: 4,
    });
  });

  test('an instructor cannot give a course away, nor take over another’s', async () => {
    const { course, organization } = cast.world;
    const give = { instructor_id: cast.people.otherInstructor.id };
    expect(await cast.clients.instructor.from('courses').update(give).eq('id', course.id)).toMatchObject(
      refused,
    );
    const elsewhere = { organization_id: cast.foreign.organization.id };
    expect(await cast.clients.admin.from('courses').update(elsewhere).eq('id', course.id)).toMatchObject({
      error: expect.anything(),
    });
    const row = { organization_id: organization.id, instructor_id: cast.people.instructor.id };
    expect(
      await cast.clients.otherInstructor.from('courses').insert({
        ...row,
        slug: unique('course'),
        title: 'A course',
        enrolment_code: unique('CODE').toUpperCase(),
      }),
    ).toMatchObject(refused);
  });
});

describe('functions', () => {
  const lease = randomUUID();

  test.each([
    ['claim_submissions', { worker_name: 'me', max_claims: 1, lease_seconds: 1 }],
    ['renew_leases', { lease_tokens: [lease], lease_seconds: 1 }],
    ['record_results', { lease, results: [] }],
    [
      'finish_submission',
      { lease, final_verdict: 'accepted', final_score: 10, passed: 4, compiler_output: null },
    ],
    ['release_submission', { lease, reason: '', delay_seconds: 0, counted: false }],
    ['missing_migrations', { versions: [] }],
    ['submission_progress', { ids: [] }],
    ['enrolment_code_exists', { code: 'ANY-CODE' }],
    ['registration_refusal', { code: 'ANY-CODE' }],
  ])('%s is our own programs’ alone', async (name, values) => {
    for (const part of parts) {
      expect([part, await cast.clients[part].rpc(name, values)]).toEqual([
        part,
        expect.objectContaining(refused),
      ]);
    }
    if (name !== 'claim_submissions') {
      expect(await supabase.service.rpc(name, values)).toMatchObject({ error: null });
    }
  });

  test.each(['create_profile', 'courses_run', 'submission_queue', 'role', 'normalized_code'])(
    '%s of the closed schema cannot be called',
    async (name) => {
      for (const part of ['anonymous', 'enrolled', 'admin'] as const) {
        expect((await cast.clients[part].rpc(name)).error).not.toBeNull();
        expect((await cast.clients[part].schema('app').rpc(name)).error).not.toBeNull();
      }
    },
  );

  test.each([
    ['submit_program', { problem: lease, language: 71, source: 'x', request: null }],
    ['save_draft', { problem: lease, language: 71, source: 'x', known_version: 0 }],
    ['stop_submission', { submission: lease }],
  ])('%s is for users who are signed in', async (name, values) => {
    expect(await supabase.anonymous().rpc(name, values)).toMatchObject(refused);
  });

  test('enrol_by_code is for people who are signed in', async () => {
    const code = cast.world.course.enrolment_code;
    expect(await supabase.anonymous().rpc('enrol_by_code', { code })).toMatchObject(refused);
  });

  test('submission_progress says how far a submission is and nothing of its content', async () => {
    const { data } = await supabase.service.rpc('submission_progress', { ids: [submission] });
    expect(data).toEqual([
      {
        id: submission,
        status: 'finished',
        revision: expect.any(Number),
        queue_position: null,
        expected_seconds: null,
      },
    ]);
  });
});

describe('an enrolment code', () => {
  test('stands in no row that anybody reads, and no filter guesses it', async () => {
    const code = cast.world.course.enrolment_code;
    for (const part of parts) {
      const table = cast.clients[part].from('courses');
      expect(await table.select('enrolment_code')).toMatchObject(refused);
      expect(await table.select('id').like('enrolment_code', `${code.slice(0, 4)}%`)).toMatchObject(refused);
      expect(await table.select('id').order('enrolment_code')).toMatchObject(refused);
    }
  });

  test('is told to those who run the course, and to nobody else', async () => {
    const code = cast.world.course.enrolment_code;
    for (const part of parts) {
      const { data, error } = await cast.clients[part].rpc('enrolment_codes');
      if (part === 'anonymous') expect({ error }).toMatchObject(refused);
      else if (part === 'instructor' || part === 'admin') expect(JSON.stringify(data)).toContain(code);
      else expect(JSON.stringify(data)).not.toContain(code);
    }
  });

  test('of another organization or of an unpublished course does not enrol', async () => {
    const draft = await createCourse(cast.world.organization.id, cast.people.instructor.id, {
      published: false,
    });
    for (const code of [cast.foreign.course.enrolment_code, draft.enrolment_code, '', '%']) {
      expect(await cast.clients.notEnrolled.rpc('enrol_by_code', { code })).toMatchObject({ data: null });
    }
    const { data } = await cast.clients.notEnrolled.from('enrolments').select();
    expect(data).toEqual([]);
  });
});
