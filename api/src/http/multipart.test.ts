/** Whatever is sent as a form: one answer, no open file, and no process that ends. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { createTestApp } from '../../test/running-app.js';
import { waitUntil } from '../../test/wait-until.js';
import { createWorld, type World } from '../../test/world.js';

const patienceMs = 60_000;
const runs = 150;

let world: World;
let server: Server;

beforeAll(async () => {
  world = await createWorld();
  server = createServer(createTestApp());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Sends a form in the pieces given, however broken. @returns the status of the answer */
const send = (pieces: Buffer[], contentType = 'multipart/form-data; boundary=b'): Promise<number> =>
  new Promise((resolve, reject) => {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.setNoDelay().setTimeout(patienceMs, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)));
    socket.write(
      `POST /api/files HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n` +
        `Authorization: Bearer ${world.admin.accessToken}\r\n` +
        `Content-Type: ${contentType}\r\nContent-Length: ${length}\r\n\r\n`,
    );
    // Each piece in a turn of its own, so that the form is parsed piece by piece.
    const writeFrom = (index: number): void => {
      const piece = pieces[index];
      if (piece) socket.write(piece, () => setImmediate(() => writeFrom(index + 1)));
    };
    writeFrom(0);
  });

const openUploads = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.includes('/upload-') ? [target] : [];
    } catch {
      return [];
    }
  });

const field = (name: string, value: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (content: string) =>
  `--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n${content}\r\n`;
const goodForm = () =>
  field('purpose', 'lesson_attachment') + field('lessonId', world.lesson.id) + file('text') + '--b--\r\n';

test('a good form arrives, whole or byte by byte', async () => {
  expect(await send([Buffer.from(goodForm())])).toBe(201);
  expect(await send([...Buffer.from(goodForm())].map((byte) => Buffer.from([byte])))).toBe(201);
});

test.each<[string, () => string[]]>([
  [
    'two malformed parts in 54 bytes',
    () => ['--b\r\n\0: x\r\n\r\n\r\n--b\r\n\0: x\r\n\r\n\r\n--b--\r\n'.padEnd(54)],
  ],
  ['many malformed parts', () => ['--b\r\n\0: x\r\n\r\n\r\n'.repeat(200)]],
  [
    'malformed parts, each in a piece of its own',
    () => Array.from({ length: 5 }, () => '--b\r\n\0: x\r\n\r\n\r\n'),
  ],
  [
    'a malformed part before a file that goes on',
    () => [`--b\r\n\0: x\r\n\r\n\r\n${goodForm().slice(0, -8)}`, 'x'.repeat(1000), '\r\n--b--\r\n'],
  ],
  [
    'a malformed part after a file',
    () => [
      goodForm().replace('--b--\r\n', ''),
      '--b\r\n\0: x\r\n\r\n\r\n',
      '--b\r\n\0: x\r\n\r\n\r\n--b--\r\n',
    ],
  ],
  ['a form without its end', () => [goodForm().slice(0, -8)]],
  ['a part without its end', () => ['--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n']],
  ['nothing', () => ['']],
])('%s: refused', async (_what, pieces) => {
  expect(await send(pieces().map((piece) => Buffer.from(piece, 'latin1')))).toBe(422);
  await waitUntil(() => openUploads().length === 0);
});

test('any mutation of a form gets an answer that blames the sender or takes the file', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const mutation = fc.record({
    at: fc.nat(),
    removed: fc.nat(40),
    inserted: fc.oneof(
      fc.constantFrom('\0', '\r\n', '--b', '--b--', '--b\r\n\0: x\r\n\r\n\r\n', ': ', '"', ';', 'ÿ'),
      fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    ),
  });
  const sent = fc.record({
    mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
    cuts: fc.array(fc.nat(), { maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(sent, async ({ mutations, cuts }) => {
      let form = goodForm();
      for (const { at, removed, inserted } of mutations) {
        const from = at % (form.length + 1);
        form = form.slice(0, from) + inserted + form.slice(from + removed);
      }
      const ends = [...cuts.map((cut) => cut % (form.length + 1)), form.length].sort((a, b) => a - b);
      const pieces = ends.map((end, index) => Buffer.from(form.slice(ends[index - 1] ?? 0, end), 'latin1'));
      expect([201, 403, 404, 413, 415, 422]).toContain(await send(pieces));
    }),
    { numRuns: runs, seed },
  );
  await waitUntil(() => openUploads().length === 0);
}, 300_000);

test.each([
  ['no boundary', 'multipart/form-data'],
  ['an empty boundary', 'multipart/form-data; boundary='],
  ['a boundary of 5000 characters', `multipart/form-data; boundary=${'b'.repeat(5000)}`],
  ['two boundaries', 'multipart/form-data; boundary=b; boundary=c'],
  ['a type that is no form', 'multipart/mixed; boundary=b'],
  ['a quotation without its end', 'multipart/form-data; charset=\u00ff; boundary="b'],
])('a form with %s is answered', async (_what, contentType) => {
  expect([201, 422]).toContain(await send([Buffer.from(goodForm())], contentType));
});
