import busboy, { type Busboy } from 'busboy';
import type { Request } from 'express';
import type { Readable } from 'node:stream';
import { AppError } from '../lib/app-error.js';
import { spool, type SpooledFile } from './spooled-file.js';

export interface Admitted {
  maxBytes: number;
}

/** Decides by the fields that stand before the file whether it is received at all; throws when not. */
export type Admit<A extends Admitted> = (fields: Record<string, string>) => Promise<A>;

const overheadBytes = 64 * 1024;

const malformed = (cause?: unknown) =>
  new AppError(
    'invalid_request',
    'Send a form as multipart/form-data: its fields first, then one file in the field "file".',
    { cause },
  );

const tooLarge = (maxBytes: number) =>
  new AppError(
    'file_too_large',
    `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB, which is the most that fits here.`,
  );

const parserOf = (request: Request): Busboy => {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 10, fieldSize: 1000, parts: 12 },
    });
  } catch (error) {
    throw malformed(error);
  }
};

const aborted = (): Error => Object.assign(new Error('the client left'), { name: 'AbortError' });

/**
 * Receives the one file of a multipart form, streamed to the disk. What is refused is read to its end all the same, so
 * that the sender is there to hear why. Throws invalid_request, file_too_large, what `admit` throws, and AbortError when
 * the client leaves half-way; then nothing is left. The caller closes the file.
 */
export const receiveFile = async <A extends Admitted>(
  request: Request,
  { mostBytes, admit }: { mostBytes: number; admit: Admit<A> },
): Promise<{ admitted: A; file: SpooledFile }> => {
  if (Number(request.headers['content-length']) > mostBytes + overheadBytes) throw tooLarge(mostBytes);
  const parser = parserOf(request);
  const fields: Record<string, string> = {};
  let received: Promise<{ admitted: A; file: SpooledFile | null }> | undefined;

  const receive = async (stream: Readable, name: string) => {
    try {
      const admitted = await admit(fields);
      return { admitted, file: await spool(stream, { name, maxBytes: admitted.maxBytes }) };
    } finally {
      stream.resume();
    }
  };

  const parsed = new Promise<void>((resolve, reject) => {
    let failed = false;
    request.once('close', () => {
      if (request.complete) return;
      failed = true;
      parser.destroy(aborted());
      reject(aborted());
    });
    parser
      .on('field', (name, value) => (fields[name] = value))
      .on('file', (field, stream, { filename }) => {
        stream.on('error', () => undefined);
        // The parser reads the rest of a chunk even after a broken part.
        if (failed || field !== 'file') {
          stream.resume();
          return;
        }
        received = receive(stream, filename ?? '');
        // Looked at below, after the form is read to its end.
        received.catch(() => undefined);
      })
      // One for each broken part, so the listener stays: an error that nobody hears ends the process.
      .on('error', (error) => {
        reject(malformed(error));
        if (failed) return;
        failed = true;
        request.unpipe(parser);
        request.resume();
        // Ends the stream of a file that is being received, which nothing else would end.
        parser.destroy();
      })
      .once('close', resolve);
  });
  request.pipe(parser);

  try {
    await parsed;
  } catch (error) {
    // The stream of the file ends with the parser; what was written of it is given back.
    await received?.then(
      ({ file }) => file?.close(),
      () => undefined,
    );
    throw error;
  }
  if (!received) throw malformed();
  const { admitted, file } = await received;
  if (!file) throw tooLarge(admitted.maxBytes);
  return { admitted, file };
};
