import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { type ArchivedFile, tarArchive } from './tar-archive.js';

const MAX_FILES = 1000;
const S_IFMT = 0o170000;
const S_IFREG = 0o100000;

/** What an additional_files zip gives to a box. */
export interface ExtractedFiles {
  /** A tar of its regular files; null when there are none. */
  archive: Buffer | null;
  paths: string[];
  /** Why nothing was taken, for the submission's message. */
  problem: string | null;
}

const NOTHING: ExtractedFiles = { archive: null, paths: [], problem: null };

const fromBuffer = promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer);

/**
 * Reads a caller's zip in memory: regular files only, no paths out of the box, bounded in number and size. What is no
 * zip gives nothing, as in Judge0; unpacking is left to the box itself.
 */
export async function extractAdditionalFiles(zip: Buffer, maxKb: number): Promise<ExtractedFiles> {
  const reader = await fromBuffer(zip, { lazyEntries: true, autoClose: false }).catch(() => null);
  if (!reader) return NOTHING;
  try {
    const files = await readZip(reader, maxKb * 1024);
    if (files.length === 0) return NOTHING;
    return { archive: tarArchive(files), paths: files.map(({ path }) => path), problem: null };
  } catch (error) {
    return {
      archive: null,
      paths: [],
      problem: `additional_files were not taken: ${(error as Error).message}`,
    };
  }
}

async function readZip(reader: yauzl.ZipFile, maxBytes: number): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  let total = 0;
  if (reader.entryCount > MAX_FILES) throw new RangeError(`more than ${MAX_FILES} entries`);
  for (let entry = await nextEntry(reader); entry; entry = await nextEntry(reader)) {
    // Header sizes may lie, so the bytes are counted as they come; the declared ones only spare the work.
    const left = maxBytes - total;
    if (entry.uncompressedSize > left) throw new RangeError(`more than ${maxBytes / 1024} kB`);
    if (!isRegularFile(entry)) continue;
    const data = await readEntry(reader, entry, left);
    total += data.length;
    files.push({ path: entry.fileName, data, executable: (modeOf(entry) & 0o100) !== 0 });
  }
  return files;
}

function modeOf(entry: yauzl.Entry): number {
  return entry.externalFileAttributes >>> 16;
}

function isRegularFile(entry: yauzl.Entry): boolean {
  const type = modeOf(entry) & S_IFMT;
  return !entry.fileName.endsWith('/') && (type === 0 || type === S_IFREG);
}

function nextEntry(reader: yauzl.ZipFile): Promise<yauzl.Entry | null> {
  return new Promise((resolve, reject) => {
    reader.removeAllListeners();
    reader.once('entry', resolve);
    reader.once('end', () => resolve(null));
    // Stays until the next look: an error that nobody hears would end the engine.
    reader.on('error', reject);
    reader.readEntry();
  });
}

function readEntry(reader: yauzl.ZipFile, entry: yauzl.Entry, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    reader.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      let length = 0;
      stream.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > maxBytes) stream.destroy(new RangeError(`more than ${maxBytes / 1024} kB`));
      });
      stream.once('end', () => resolve(Buffer.concat(chunks)));
      stream.on('error', reject);
    });
  });
}
