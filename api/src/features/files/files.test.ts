import { beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import request from 'supertest';
import { dataOf } from '../../lib/supabase.js';
import { as } from '../../../test/requests.js';
import { createTestApp, createTestFiles, store } from '../../../test/running-app.js';
import { pdf, smallPng } from '../../../test/sample-files.js';
import { getBytes, objectFile, upload } from '../../../test/uploads.js';
import { createPerson, createWorld, enrol, supabase, type Person, type World } from '../../../test/world.js';
import { createFileLinks } from './links.js';

const app = createTestApp();
let world: World;
let outsider: Person;

beforeAll(async () => {
  world = await createWorld();
  outsider = await createPerson(world.organization.id, 'student');
});

const attach = async (name = 'sheet.pdf', bytes = pdf()): Promise<string> => {
  const { body } = await upload(app, world.instructor, { lessonId: world.lesson.id, name, bytes }).expect(
    201,
  );
  return body.file.id;
};
const linkOf = async (id: string): Promise<string> => {
  const { body } = await request(app).get(`/api/files/${id}`).set(as(world.learner)).expect(200);
  return `/api${body.url}`;
};
const get = (person: Person, path: string) => request(app).get(path).set(as(person));
const remove = (person: Person, id: string) => request(app).delete(`/api/files/${id}`).set(as(person));
const objectExists = (id: string): boolean => existsSync(objectFile(world.organization.id, id));
const auditOf = (lessonId: string) =>
  dataOf<
    { action: string; actor_id: string; before: { name: string } | null; after: { name: string } | null }[]
  >(
    supabase.service
      .from('audit_log')
      .select('action, actor_id, before, after')
      .eq('target_id', lessonId)
      .order('id'),
  );

describe('the files of a lesson', () => {
  const path = () => `/api/courses/${world.course.slug}/lessons/${world.lesson.slug}/files`;

  test('are listed for its learners and its staff, the oldest first', async () => {
    const ids = [await attach('first.pdf'), await attach('second.pdf')];
    const [learner, instructor] = await Promise.all([
      get(world.learner, path()),
      get(world.instructor, path()),
    ]);
    expect(learner.body).toMatchObject({
      lessonId: world.lesson.id,
      canManage: false,
      maxBytes: 1024 * 1024,
    });
    expect(learner.body.files.map(({ id }: { id: string }) => id).slice(-2)).toEqual(ids);
    expect(learner.body.files.at(-1)).toEqual({
      id: ids[1],
      purpose: 'lesson_attachment',
      name: 'second.pdf',
      mediaType: 'application/pdf',
      sizeBytes: pdf().length,
      createdAt: expect.any(String),
    });
    expect(instructor.body).toMatchObject({ canManage: true, files: learner.body.files });
  });

  test('are nothing to others', async () => {
    const id = await attach();
    const answers = await Promise.all([
      get(outsider, path()),
      get(outsider, `/api/files/${id}`),
      get(world.learner, `/api/courses/${world.course.slug}/lessons/none/files`),
      get(world.learner, '/api/files/not-an-id'),
      request(app).get(path()),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 401]);
  });
});

describe('a link', () => {
  test('works without a session, for the whole or a part, and spares what the browser has', async () => {
    const url = await linkOf(await attach());
    const whole = await getBytes(app, url);
    expect([whole.status, whole.headers['accept-ranges']]).toEqual([200, 'bytes']);
    expect(whole.headers['cache-control']).toMatch(/^private, max-age=\d+, immutable$/);

    const part = await getBytes(app, url).set('Range', 'bytes=2-4');
    expect([part.status, part.headers['content-range'], String(part.body)]).toEqual([
      206,
      `bytes 2-4/${pdf().length}`,
      'DF-',
    ]);
    const other = await getBytes(app, url).set({ Range: 'bytes=2-4', 'If-Range': '"another"' });
    expect([other.status, (other.body as Buffer).length]).toEqual([200, pdf().length]);

    const behind = await getBytes(app, url).set('Range', 'bytes=4000-4010');
    expect([behind.status, JSON.parse(String(behind.body))]).toMatchObject([
      416,
      { code: 'range_not_satisfiable' },
    ]);
    expect(behind.headers['cache-control'] ?? '').not.toMatch(/max-age=[1-9]/);

    const again = await getBytes(app, url).set('If-None-Match', whole.headers['etag'] ?? '');
    expect([again.status, (again.body as Buffer).length]).toEqual([304, 0]);
    const head = await request(app).head(url);
    expect([head.status, head.headers['content-length']]).toEqual([200, String(pdf().length)]);
  });

  test('that has expired, was changed or signed by somebody else leads nowhere', async () => {
    const id = await attach();
    const url = await linkOf(id);
    const expired = createFileLinks('a secret of the tests', () => Date.now() - 301_000).download(id);
    const forged = createFileLinks('another secret').download(id);
    const bad = [
      `/api${expired.url}`,
      `/api${forged.url}`,
      url.replace(/expires=(\d)/, 'expires=9'),
      url.replace(id, await attach()),
      url.replace(/signature=.*/, 'signature=short'),
    ];
    const statuses = await Promise.all(bad.map(async (each) => (await request(app).get(each)).status));
    expect(statuses).toEqual([404, 404, 404, 404, 404]);
    expect((await request(app).get(`/api/files/${id}/content`)).status).toBe(422);
    expect(JSON.stringify((await request(app).get(bad[0] ?? '')).body)).not.toContain('signature');
  });

  test('to a picture stays the same for a day, so that browsers keep it', () => {
    const noon = Date.UTC(2026, 10, 23, 12);
    const at = (ms: number) => createFileLinks('a secret', () => ms).avatar(world.lesson.id);
    expect(at(noon)).toEqual(at(noon + 11 * 3_600_000));
    expect(at(noon)).not.toEqual(at(noon + 13 * 3_600_000));
    const link = new URL(at(noon)?.smallUrl ?? '', 'http://x').searchParams;
    expect(Number(link.get('expires')) * 1000 - noon).toBeGreaterThan(24 * 3_600_000);
  });
});

describe('removing', () => {
  test('takes row and object away, and both acts are in the audit log', async () => {
    const id = await attach('gone.pdf');
    const url = await linkOf(id);
    expect(objectExists(id)).toBe(true);
    expect((await remove(world.instructor, id)).status).toBe(204);
    expect([(await request(app).get(url)).status, objectExists(id)]).toEqual([404, false]);
    const acts = (await auditOf(world.lesson.id)).slice(-2);
    expect(acts).toMatchObject([
      { action: 'file.upload', actor_id: world.instructor.id, after: { name: 'gone.pdf' } },
      { action: 'file.delete', actor_id: world.instructor.id, before: { name: 'gone.pdf' } },
    ]);
    expect((await remove(world.instructor, id)).status).toBe(404);
  });

  test('is for its owner and the staff of the course', async () => {
    const id = await attach();
    const foreign = await createWorld();
    const refused = await Promise.all(
      [world.learner, outsider, foreign.admin].map((each) => remove(each, id)),
    );
    expect(refused.map(({ status }) => status)).toEqual([403, 404, 404]);
    expect(objectExists(id)).toBe(true);
    expect((await remove(world.admin, id)).status).toBe(204);
  });

  test('one’s picture shows in one’s profile; an administrator may take it away, with an entry in the log', async () => {
    const person = await createPerson(world.organization.id, 'student');
    await enrol(world.course, person);
    expect((await get(person, '/api/me')).body.avatar).toBeNull();
    const { body } = await upload(app, person, { bytes: await smallPng() }).expect(201);
    expect((await get(person, '/api/me')).body.avatar).toEqual(body.avatar);
    expect((await remove(world.instructor, body.file.id)).status).toBe(403);
    expect((await remove(world.admin, body.file.id)).status).toBe(204);
    expect((await get(person, '/api/me')).body.avatar).toBeNull();
    const { avatar_file_id: left } = await dataOf<{ avatar_file_id: string | null }>(
      person.client.from('users').select('avatar_file_id').eq('id', person.id).single(),
    );
    expect(left).toBeNull();
    expect(await auditOf(person.id)).toMatchObject([{ action: 'avatar.delete', actor_id: world.admin.id }]);
  });
});

describe('what is left over', () => {
  const { jobs } = createTestFiles();
  const pathOf = (id: string) => `${world.organization.id}/${id}`;

  test('after a course was removed is removed by the job', async () => {
    const other = await createWorld();
    const { body } = await upload(app, other.instructor, { lessonId: other.lesson.id, bytes: pdf() }).expect(
      201,
    );
    const object = objectFile(other.organization.id, body.file.id);
    await dataOf(supabase.service.from('courses').delete().eq('id', other.course.id).select('id'));
    await jobs.tidy(new Date());
    expect(existsSync(object)).toBe(false);
  });

  test('by a process that died while it stored a file is taken back after an hour, not before', async () => {
    const person = await createPerson(world.organization.id, 'student');
    const [row] = await dataOf<{ id: string; path: string }[]>(
      supabase.service.rpc('reserve_file', {
        origin: { actor: person.id, address: '', requestId: '' },
        purpose: 'avatar',
        lesson: null,
        name: 'a.webp',
        media_type: 'image/webp',
        size_bytes: 1,
        sha256: '0'.repeat(64),
        quota_bytes: 1000,
      }),
    );
    const id = row?.id ?? '';
    await store.put(pathOf(id), Buffer.from('a'), 'image/webp');
    await jobs.tidy(new Date());
    expect(objectExists(id)).toBe(true);
    const twoHoursAgo = new Date(Date.now() - 7_200_000).toISOString();
    await dataOf(
      supabase.service.from('files').update({ created_at: twoHoursAgo }).eq('id', id).select('id'),
    );
    await jobs.tidy(new Date());
    expect(objectExists(id)).toBe(false);
  });

  test('while the storage is away is removed when it is back', async () => {
    const away = createTestApp({
      files: createTestFiles({ store: { ...store, remove: () => Promise.reject(new Error('away')) } }),
    });
    const id = await attach();
    expect((await request(away).delete(`/api/files/${id}`).set(as(world.instructor))).status).toBe(204);
    expect((await get(world.learner, `/api/files/${id}`)).status).toBe(404);
    await jobs.tidy(new Date());
    expect(objectExists(id)).toBe(false);
  });
});

describe('the storage', () => {
  test('says that it is well, and its bucket is private', async () => {
    expect(await store.check()).toEqual({ status: 'healthy' });
    const { data } = await supabase.service.storage.getBucket('files');
    expect(data?.public).toBe(false);
    const open = await supabase.anonymous().storage.from('files').list('');
    expect(open.data ?? []).toEqual([]);
  });

  test('makes a bucket private that somebody opened', async () => {
    await supabase.service.storage.updateBucket('files', { public: true });
    await store.check();
    expect((await supabase.service.storage.getBucket('files')).data?.public).toBe(false);
  });
});
