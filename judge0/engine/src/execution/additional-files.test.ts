import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { crc32, deflateRawSync } from 'node:zlib';
import { type EngineFixture, startEngine } from '../testing/engine-fixture.js';
import { extractAdditionalFiles } from './additional-files.js';

interface Entry {
  name: string;
  data: string | Buffer;
  /** Unix mode with the file type. */
  mode?: number;
  /** Size that the headers claim. */
  claims?: number;
}

/** A zip by hand (PKWARE APPNOTE 4.3), as the hostile ones cannot be made with a well-behaved writer. */
function zipOf(entries: Entry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, data, mode = 0o100644, claims } of entries) {
    const plain = Buffer.from(data);
    const packed = deflateRawSync(plain);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(plain), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(claims ?? plain.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    centrals.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), shared, rest, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

let engine: EngineFixture;
beforeAll(async () => (engine = await startEngine()));
afterAll(() => engine.stop());

const files = (entries: Entry[]) => ({ additional_files: zipOf(entries).toString('base64') });

test('files of the zip are in the box, in their folders and with their rights', async () => {
  const source = 'cat data/in.txt; ./tool.sh; echo new > data/out.txt && ls data';
  const zip = files([
    { name: 'data/', data: '', mode: 0o40755 },
    { name: 'data/in.txt', data: 'from zip\n' },
    { name: 'tool.sh', data: '#!/bin/sh\necho tool\n', mode: 0o100755 },
  ]);
  expect((await engine.run(46, source, zip)).stdout).toBe('from zip\ntool\nin.txt\nout.txt\n');
});

test('a zip cannot replace the source or the run script', async () => {
  const zip = files([
    { name: 'run', data: 'echo evil' },
    { name: 'script.sh', data: 'echo evil' },
  ]);
  expect((await engine.run(46, 'echo good', zip)).stdout).toBe('good\n');
});

test('what is no zip gives nothing, as in Judge0', async () => {
  const verdict = await engine.run(46, 'ls', {
    additional_files: Buffer.from('not a zip').toString('base64'),
  });
  expect(verdict).toMatchObject({ stdout: 'run\nscript.sh\n', message: null });
});

describe('hostile zips', () => {
  test.each([
    ['a path out of the box', [{ name: '../evil', data: 'x' }]],
    ['an absolute path', [{ name: '/etc/evil', data: 'x' }]],
    ['more than the allowed size', [{ name: 'big', data: Buffer.alloc(200 * 1024) }]],
    ['a size that lies', [{ name: 'big', data: Buffer.alloc(200 * 1024), claims: 10 }]],
    ['too many files', Array.from({ length: 1001 }, (_unused, index) => ({ name: `f${index}`, data: '' }))],
  ])('%s: nothing is taken and the reason is told', async (_name, entries: Entry[]) => {
    const { archive, problem } = await extractAdditionalFiles(zipOf(entries), 100);
    expect(archive).toBeNull();
    expect(problem).toMatch(/additional_files were not taken/);
  });

  test('links are left out', async () => {
    const link = { name: 'run', data: '/etc/passwd', mode: 0o120777 };
    expect((await extractAdditionalFiles(zipOf([link]), 100)).archive).toBeNull();
  });
});

describe('multi-file programs', () => {
  const multi = (entries: Entry[]) => engine.run(89, '', { source_code: undefined, ...files(entries) });

  test("compile and run are the zip's own", async () => {
    const verdict = await multi([
      { name: 'main.c', data: '#include <stdio.h>\n#include "part.h"\nint main(){puts(PART);}' },
      { name: 'part.h', data: '#define PART "multi"' },
      { name: 'compile', data: 'gcc main.c' },
      { name: 'run', data: './a.out' },
    ]);
    expect(verdict).toMatchObject({ status: { id: 3 }, stdout: 'multi\n' });
  });

  test('without a compile script there is nothing to compile', async () => {
    expect(await multi([{ name: 'run', data: 'echo only run' }])).toMatchObject({ stdout: 'only run\n' });
  });

  test('a failing compile script is a compile error', async () => {
    const verdict = await multi([
      { name: 'compile', data: 'echo no; exit 1' },
      { name: 'run', data: 'echo' },
    ]);
    expect(verdict).toMatchObject({ status: { id: 6 }, compile_output: 'no\n' });
  });
});
