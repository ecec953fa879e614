import { randomUUID } from 'node:crypto';
import { dataOf } from '../src/lib/supabase.js';
import { createJudgedSubmission, hiddenText, startDraft } from './judged-submission.js';
import {
  createCourse,
  createPerson,
  createProblem,
  enrol,
  supabase,
  unique,
  type Person,
  type World,
} from './world.js';

const ok = async (query: PromiseLike<{ error: unknown }>): Promise<void> => {
  const { error } = await query;
  if (error) throw error as Error;
};

/** The rows of a file, whose object nobody looks at, as a person uploads it. */
const createFileRow = async (
  person: Person,
  file: { purpose: string; lessonId?: string; finished?: boolean },
): Promise<string> => {
  const origin = { actor: person.id, address: '127.0.0.1', requestId: 'a-request' };
  const [row] = await dataOf<{ id: string }[]>(
    supabase.service.rpc('reserve_file', {
      origin,
      purpose: file.purpose,
      lesson: file.lessonId ?? null,
      name: 'a-file.pdf',
      media_type: 'application/pdf',
      size_bytes: 1,
      sha256: '0'.repeat(64),
      quota_bytes: 1e9,
    }),
  );
  if (!row) throw new Error('the quota is used up');
  if (file.finished !== false) await ok(supabase.service.rpc('finish_file', { origin, file: row.id }));
  return row.id;
};

/** Rows about a course whose learners are the world's and a classmate. */
export const castRows = ({ world, classmate }: { world: World; classmate: Person }) => {
  const course = async () => {
    const made = await createCourse(world.organization.id, world.instructor.id);
    await enrol(made, world.learner);
    await enrol(made, classmate);
    return made;
  };
  const lessonRow = (position = Math.floor(Math.random() * 1e9)) => ({
    course_id: world.course.id,
    slug: unique('lesson'),
    title: 'A lesson',
    position,
  });
  const problem = () => createProblem(world.course, { position: Math.floor(Math.random() * 1e9) });
  const problemRow = () => ({
    organization_id: world.organization.id,
    course_id: world.course.id,
    slug: unique('problem'),
    title: 'A problem',
    statement: '',
    language_ids: [71],
    position: Math.floor(Math.random() * 1e9),
  });
  const testRow = () => ({
    problem_id: world.problem.id,
    position: Math.floor(Math.random() * 1e9),
    stdin: hiddenText,
    expected_output: hiddenText,
  });
  const mailRow = () => ({
    organization_id: world.organization.id,
    user_id: world.learner.id,
    kind: 'graded',
    recipient: world.learner.email,
  });
  const mailboxRow = () => ({
    id: randomUUID(),
    recipient: world.learner.email,
    subject: 'A mail',
    html: '<p>A mail</p>',
    plain: 'A mail',
  });
  const fileRow = (about: object) => ({
    organization_id: world.organization.id,
    owner_id: world.learner.id,
    name: unique('file'),
    media_type: 'application/pdf',
    size_bytes: 1,
    sha256: '0'.repeat(64),
    ...about,
  });
  const invitationRow = () => ({
    id: randomUUID(),
    organization_id: world.organization.id,
    email: `${unique('invited')}@example.org`,
    role: 'student',
    token_hash: (randomUUID() + randomUUID()).replaceAll('-', ''),
    inviter_name: 'The admin',
    expires_at: new Date(Date.now() + 60_000).toISOString(),
  });
  const stored = <Row>(table: string, row: object): Promise<Row> =>
    dataOf<Row>(supabase.service.from(table).insert(row).select().single());
  const signInRow = () => ({ session_id: randomUUID(), user_id: world.learner.id });
  const secondFactor = async () => {
    const person = await createPerson(world.organization.id, 'instructor');
    await stored('second_factors', { user_id: person.id, sealed_secret: 'x' });
    return person;
  };
  const judged = async () => createJudgedSubmission(world.learner.client, (await problem()).id);

  return {
    /** A fresh row of each table about the course, and how to find it. */
    targets: {
      organizations: () => Promise.resolve({ id: world.organization.id }),
      users: () => Promise.resolve({ id: world.learner.id }),
      courses: async () => ({ id: (await course()).id }),
      enrolments: async () => ({ course_id: (await course()).id, user_id: world.learner.id }),
      lessons: async () => ({ id: (await stored<{ id: string }>('lessons', lessonRow())).id }),
      problems: async () => ({ id: (await problem()).id }),
      sample_tests: async () => ({
        id: (await stored<{ id: string }>('problem_tests', { ...testRow(), sample: true })).id,
      }),
      hidden_tests: async () => ({ id: (await stored<{ id: string }>('problem_tests', testRow())).id }),
      submissions: async () => ({ id: await judged() }),
      submission_results: async () => ({ submission_id: await judged(), position: 1 }),
      sample_outputs: async () => ({ submission_id: await judged(), position: 0 }),
      hidden_outputs: async () => ({ submission_id: await judged(), position: 1 }),
      problem_progress: async () => {
        const { id } = await problem();
        await createJudgedSubmission(world.learner.client, id);
        return { problem_id: id, user_id: world.learner.id };
      },
      drafts: async () => {
        const { id } = await problem();
        await startDraft(world.learner.client, id);
        return { problem_id: id, user_id: world.learner.id };
      },
      attachments: async () => ({
        id: await createFileRow(world.instructor, {
          purpose: 'lesson_attachment',
          lessonId: world.lesson.id,
        }),
      }),
      avatars: async () => ({ id: await createFileRow(world.learner, { purpose: 'avatar' }) }),
      unfinished_files: async () => ({
        id: await createFileRow(world.learner, { purpose: 'avatar', finished: false }),
      }),
      file_removals: async () => {
        const path = unique('path');
        await ok(supabase.service.from('file_removals').insert({ path }));
        return { path };
      },
      audit_log: async () => {
        const targetId = unique('target');
        await ok(
          supabase.service.rpc('record_audit', {
            origin: { actor: world.admin.id, address: '127.0.0.1', requestId: 'a-request' },
            action: 'test.act',
            target_type: 'test',
            target_id: targetId,
            before: null,
            after: null,
          }),
        );
        return { target_id: targetId };
      },
      invitations: async () => {
        const { id } = await stored<{ id: string }>('invitations', invitationRow());
        return { id };
      },
      limit_overrides: async () => {
        const named = unique('test').replace('-', '_');
        const origin = { actor: world.admin.id, address: '127.0.0.1', requestId: 'a-request' };
        await ok(
          supabase.service.rpc('set_limit', {
            origin,
            named,
            max_requests: 1,
            window_seconds: 1,
            burst: null,
          }),
        );
        return { class: named };
      },
      address_blocks: async () => {
        const origin = { actor: world.admin.id, address: '127.0.0.1', requestId: 'a-request' };
        const { data, error } = await supabase.service.rpc('block_address', {
          origin,
          blocked: '203.0.113.7/32',
          because: 'A test',
          minutes: 1,
        });
        if (error) throw error;
        return { id: data as string };
      },
      sign_ins: async () => ({
        session_id: (await stored<{ session_id: string }>('sign_ins', signInRow())).session_id,
      }),
      second_factors: async () => ({ user_id: (await secondFactor()).id }),
      recovery_codes: async () => {
        const row = { user_id: (await secondFactor()).id, code_hash: unique('hash') };
        await stored('recovery_codes', row);
        return row;
      },
      mails: async () => ({
        id: (await stored<{ id: string }>('mails', mailRow())).id,
      }),
      mailbox: async () => ({ id: (await stored<{ id: string }>('mailbox', mailboxRow())).id }),
    },
    /** A new row of each table about the course, as somebody would send it. */
    rows: {
      organizations: () => Promise.resolve({ slug: unique('school'), name: 'A school' }),
      users: () =>
        Promise.resolve({
          id: randomUUID(),
          organization_id: world.organization.id,
          full_name: 'Somebody',
          email: 'somebody@example.org',
        }),
      courses: () =>
        Promise.resolve({
          organization_id: world.organization.id,
          instructor_id: world.instructor.id,
          slug: unique('course'),
          title: 'A course',
          enrolment_code: unique('CODE').toUpperCase(),
        }),
      enrolments: async () => ({
        course_id: (await createCourse(world.organization.id, world.instructor.id)).id,
        user_id: world.learner.id,
        organization_id: world.organization.id,
      }),
      lessons: () => Promise.resolve(lessonRow()),
      problems: () => Promise.resolve(problemRow()),
      sample_tests: () => Promise.resolve({ ...testRow(), sample: true }),
      hidden_tests: () => Promise.resolve(testRow()),
      submissions: () =>
        Promise.resolve({ problem_id: world.problem.id, language_id: 71, source_code: 'print(1)' }),
      submission_results: async () => ({
        submission_id: await judged(),
        position: 7,
        status: 'accepted',
        sample: true,
        points: 1,
      }),
      sample_outputs: async () => ({ submission_id: await judged(), position: 7, sample: true }),
      hidden_outputs: async () => ({ submission_id: await judged(), position: 7, sample: false }),
      problem_progress: () => Promise.resolve({ problem_id: world.problem.id, user_id: world.learner.id }),
      drafts: async () => ({
        problem_id: (await problem()).id,
        language_id: 71,
        source_code: 'x',
        version: 1,
      }),
      attachments: () =>
        Promise.resolve(fileRow({ purpose: 'lesson_attachment', lesson_id: world.lesson.id })),
      avatars: () => Promise.resolve(fileRow({ purpose: 'avatar' })),
      unfinished_files: () => Promise.resolve(fileRow({ purpose: 'avatar' })),
      file_removals: () => Promise.resolve({ path: unique('path') }),
      audit_log: () =>
        Promise.resolve({
          organization_id: world.organization.id,
          actor_name: 'Somebody',
          action: 'test.act',
          target_type: 'test',
          target_id: unique('target'),
        }),
      invitations: () => Promise.resolve(invitationRow()),
      limit_overrides: () =>
        Promise.resolve({ class: unique('test').replace('-', '_'), max_requests: 1, window_seconds: 1 }),
      address_blocks: () =>
        Promise.resolve({
          network: '203.0.113.7/32',
          reason: 'A test',
          expires_at: new Date(Date.now() + 60_000).toISOString(),
        }),
      sign_ins: () => Promise.resolve(signInRow()),
      second_factors: async () => ({
        user_id: (await createPerson(world.organization.id, 'instructor')).id,
        sealed_secret: 'x',
      }),
      recovery_codes: async () => ({ user_id: (await secondFactor()).id, code_hash: unique('hash') }),
      mails: () => Promise.resolve(mailRow()),
      mailbox: () => Promise.resolve(mailboxRow()),
    },
  };
};
