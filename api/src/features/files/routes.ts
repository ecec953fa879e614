import { create as contentDisposition } from 'content-disposition';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { publicEndpoint, userEndpoint } from '../../http/endpoint.js';
import { goneSignal } from '../../http/event-stream.js';
import { invalidRequest } from '../../http/problem.js';
import { receiveFile } from '../../http/receive-file.js';
import { storableMembers } from '../../http/storable-text.js';
import type { Metrics } from '../../lib/metrics.js';
import { kindOf } from './media-types.js';
import {
  fileLink,
  type filePurpose,
  lessonFiles,
  linkQuery,
  uploadAnswer,
  uploadFields,
  uploadForm,
  type UploadFields,
  lessonParams,
} from './schema.js';
import type { FileService } from './service.js';
import { uploadOutcome } from './upload-outcome.js';

const tag = 'Files';
const fileId = z.object({ id: z.guid() });
const dayMs = 86_400_000;

const fieldsOf = (fields: Record<string, string>): UploadFields => {
  const parsed = uploadFields.safeParse(storableMembers(fields));
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error);
};

type Content = Awaited<ReturnType<FileService['content']>>;

/** What a browser gets is never a page of ours: images are shown, all else is saved, nothing runs. */
const setContentHeaders = (response: Response, { file, entityTag }: Content, expires: number): void => {
  const image = kindOf(file.mediaType) === 'image' || file.mediaType === 'image/webp';
  const seconds = Math.floor(Math.min(expires * 1000 - Date.now(), dayMs) / 1000);
  response.set({
    'Content-Type': file.mediaType.startsWith('text/') ? `${file.mediaType}; charset=utf-8` : file.mediaType,
    'Content-Disposition': contentDisposition(file.name, { type: image ? 'inline' : 'attachment' }),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': `private, max-age=${Math.max(seconds, 0)}, immutable`,
    'Accept-Ranges': 'bytes',
    ETag: entityTag,
  });
};

/** The part of the file that is wanted; a part of another version of it is no use. */
const rangeOf = (request: Request, entityTag: string): string | undefined => {
  const condition = request.get('if-range');
  return condition === undefined || condition === entityTag ? request.get('range') : undefined;
};

const sendContent = async (request: Request, response: Response, content: Content, expires: number) => {
  response.set('ETag', content.entityTag);
  if (request.fresh) {
    setContentHeaders(response, content, expires);
    response.status(304).end();
    return;
  }
  const signal = goneSignal(response);
  const range = rangeOf(request, content.entityTag);
  // Its headers come after it is open, so that no browser keeps a refusal for as long as it keeps the file.
  const opened = await content.open({ range, signal }).catch((error: unknown) => {
    response.removeHeader('ETag');
    throw error;
  });
  setContentHeaders(response, content, expires);
  if (opened.partial && opened.contentRange) response.status(206).set('Content-Range', opened.contentRange);
  if (opened.contentLength) response.set('Content-Length', opened.contentLength);
  if (request.method === 'HEAD') {
    opened.body.destroy();
    response.end();
    return;
  }
  await pipeline(opened.body, response);
};

/** Pictures of people and attachments of lessons. */
export const fileRoutes = ({ files, metrics }: { files: FileService; metrics: Metrics }) => ({
  create: userEndpoint(
    {
      summary: 'Upload a picture of me, or a file for a lesson that I run',
      tag,
      limit: 'upload',
      form: uploadForm,
      responses: { 201: uploadAnswer },
    },
    async ({ caller, request }) => {
      const upload: { purpose: z.infer<typeof filePurpose> | 'unknown' } = { purpose: 'unknown' };
      try {
        const { admitted, file } = await receiveFile(request, {
          mostBytes: files.mostBytes,
          admit: async (sent) => {
            const fields = fieldsOf(sent);
            upload.purpose = fields.purpose;
            return files.admit(caller, fields);
          },
        });
        try {
          const body = await files.add(caller, admitted, file);
          metrics.uploads.inc({ purpose: upload.purpose, outcome: 'stored' });
          metrics.uploadBytes.inc({ purpose: upload.purpose }, body.file.sizeBytes);
          return { status: 201, body };
        } finally {
          await file.close();
        }
      } catch (error) {
        metrics.uploads.inc({ purpose: upload.purpose, outcome: uploadOutcome(error) });
        throw error;
      }
    },
  ),
  listOfLesson: userEndpoint(
    {
      summary: 'The files of a lesson',
      tag,
      limit: 'read',
      params: lessonParams,
      responses: { 200: lessonFiles },
    },
    async ({ caller, params }) => ({
      status: 200,
      body: await files.listOfLesson(caller, params.slug, params.lesson),
    }),
  ),
  link: userEndpoint(
    {
      summary: 'A file with a link to its content that works for five minutes',
      tag,
      limit: 'read',
      params: fileId,
      responses: { 200: fileLink },
    },
    async ({ caller, params }) => ({ status: 200, body: await files.linkTo(caller, params.id) }),
  ),
  content: publicEndpoint(
    {
      summary: 'The content of a file, by a signed link',
      tag,
      limit: 'read',
      // A page shows many pictures, and a class has one address: each link is counted for itself.
      limitBy: 'signature',
      params: fileId,
      query: linkQuery,
      responses: { 200: 'The content.', 206: 'The part asked for.', 304: 'Unchanged.' },
      contentType: '*/*',
    },
    async ({ params, query, request, response }) => {
      const content = await files.content(params.id, query);
      await sendContent(request, response, content, query.expires);
      return undefined;
    },
  ),
  remove: userEndpoint(
    {
      summary: 'Remove a file of mine, or of a lesson that I run',
      tag,
      limit: 'write',
      params: fileId,
      responses: { 204: 'Removed.' },
    },
    async ({ caller, params }) => {
      await files.remove(caller, params.id);
      return { status: 204 };
    },
  ),
});
